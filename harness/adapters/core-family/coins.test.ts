import { describe, expect, it } from 'vitest'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { digestOfCoins } from '../../wire/index.ts'
import { TargetError } from '../abstention.ts'
import { chainLookup } from '../chains.ts'
import { createEngine } from '../index.ts'
import { readCoinDump } from './coins.ts'

const KEY_X = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
const KEY_Y = '483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'
const hash20 = '11'.repeat(20)

/** A dump of coins of one transaction; `coins`: index, then code, amount and script as the dump has them. */
function dump(txid: string, coins: readonly string[]): Buffer {
  const count = Buffer.alloc(8)
  count.writeUInt32LE(coins.length)
  const head = `7574786fff0200fabfb5da${'00'.repeat(32)}${count.toString('hex')}`
  return Buffer.from(`${head}${txid}${coins.length.toString(16).padStart(2, '0')}${coins.join('')}`, 'hex')
}

describe('the dump of a daemon’s coins', () => {
  it('holds scripts of six kinds in short, and any other whole', () => {
    const coins = readCoinDump(
      dump('aa'.repeat(32), [
        `00${'03'}${'32'}00${hash20}`,
        `01${'02'}${'32'}01${hash20}`,
        `02${'02'}${'32'}02${KEY_X}`,
        `03${'02'}${'32'}04${KEY_X}`,
        `04${'02'}${'00'}0751`,
      ]),
    )
    expect(coins.map(({ script }) => Buffer.from(script).toString('hex'))).toEqual([
      `76a914${hash20}88ac`,
      `a914${hash20}87`,
      `2102${KEY_X}ac`,
      `4104${KEY_X}${KEY_Y}ac`,
      '51',
    ])
    expect(coins.map(({ index, height, isCoinbase, value }) => [index, height, isCoinbase, value])).toEqual([
      [0, 1, true, 5_000_000_000n],
      [1, 1, false, 5_000_000_000n],
      [2, 1, false, 5_000_000_000n],
      [3, 1, false, 5_000_000_000n],
      [4, 1, false, 0n],
    ])
  })
  it('has numbers of several digits', () => {
    // 0x80 0x00 is 128: no number has two forms. 1 sat is 1, 10 sats are 2.
    const [coin] = readCoinDump(dump('aa'.repeat(32), ['00800002' + '0751']))
    expect(coin).toMatchObject({ height: 64, isCoinbase: false, value: 10n })
  })
  it('gives the digest that the specification has', () => {
    const compiled = compileScenario(
      parseScenario({
        format: 'touchstone-scenario/1',
        title: 'one coin',
        story: 'One block.',
        sources: ['BIP34'],
        chain: 'regtest',
        blocks: { b1: { extends: 'genesis' } },
        steps: [{ do: 'send', items: ['b1'] }],
      }),
      chainLookup,
    )
    const block = compiled.items.get('b1')!
    const session = createEngine('spec').openChain('regtest')
    expect(session.deliverBlock(block.bytes, 1_400_000_000)).toMatchObject({ outcome: 'connected' })
    const txid =
      block.kind === 'block' ? Buffer.from(block.coinbase.hash, 'hex').reverse().toString('hex') : ''
    const coins = readCoinDump(dump(txid, ['0003320751']))
    expect(digestOfCoins(coins)).toBe(session.coinDigest())
  })
  it('has each outpoint whole in its older form', () => {
    const old = Buffer.from(
      `${'00'.repeat(32)}0100000000000000${'04000000'}${'aa'.repeat(32)}02000000${'0532'}0751`,
      'hex',
    )
    expect(readCoinDump(old)).toMatchObject([
      { index: 2, height: 2, isCoinbase: true, value: 5_000_000_000n },
    ])
  })
  it('is refused in another form, or cut short', () => {
    const whole = dump('aa'.repeat(32), ['0003320751'])
    expect(() => readCoinDump(whole.subarray(0, whole.length - 1))).toThrow(TargetError)
    const other = Buffer.from(whole)
    other[5] = 3
    expect(() => readCoinDump(other)).toThrow('a form that is not known')
  })
})
