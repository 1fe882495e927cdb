import { describe, expect, it } from 'vitest'
import type { RawBlock } from '../../../wire/index.ts'
import { chainOfBlock, heightInCoinbase } from './chain-of-block.ts'

const COINBASE = { txid: '', version: 1, lockTime: 0, size: 0, strippedSize: 0 }

interface Shape {
  readonly bits: number
  readonly version?: number
  readonly time?: number
  /** The coinbase's script in hex, at most 75 bytes. */
  readonly scriptSig?: string
  readonly hash?: string
  readonly script?: string
}

function shaped({
  bits,
  version = 2,
  time = 1_400_000_000,
  scriptSig = '',
  hash = '0',
  script = '',
}: Shape): RawBlock {
  const header = Buffer.alloc(80)
  header.writeInt32LE(version, 0)
  const inputs = [
    {
      txid: new Uint8Array(32),
      index: 0xffffffff,
      scriptSig: Uint8Array.from(Buffer.from(scriptSig, 'hex')),
      sequence: 0xffffffff,
      witness: [],
    },
  ]
  const outputs = [{ value: 0n, script: Uint8Array.from(Buffer.from(script, 'hex')) }]
  return {
    bytes: new Uint8Array(),
    header: Uint8Array.from(header),
    hash: hash.padStart(64, '0'),
    previous: '',
    time,
    bits,
    transactions: [{ ...COINBASE, inputs, outputs }],
  }
}

describe('the chain of a block by itself', () => {
  const commitment = `6a24aa21a9ed${'00'.repeat(32)}`
  it.each([
    ['magic goes before all', shaped({ bits: 0x207fffff }), '0a03cf40', 'signet'],
    [
      'a signet solution',
      shaped({ bits: 0x1d00ffff, script: `${commitment}06ecc7daa20100` }),
      undefined,
      'signet',
    ],
    [
      'the same bytes elsewhere are none',
      shaped({ bits: 0x1d00ffff, script: '06ecc7daa20100' }),
      undefined,
      'bitcoin',
    ],
    ['a target too easy for others', shaped({ bits: 0x207fffff }), undefined, 'regtest'],
    [
      'a height that the main chain reaches years later',
      shaped({ bits: 0x1c00ffff, scriptSig: '03802c0e' }),
      undefined,
      'testnet3',
    ],
    ['a height of its time', shaped({ bits: 0x1c00ffff, scriptSig: '03e0930400' }), undefined, 'bitcoin'],
    ['no proof of work at all', shaped({ bits: 0x1c00ffff, hash: 'f'.repeat(64) }), undefined, undefined],
  ])('%s', (_, block, magic, chain) => {
    expect(chainOfBlock(block, magic)).toBe(chain)
  })

  it.each([
    [0, { version: 1, scriptSig: '03e09304' }],
    [300_000, { scriptSig: '03e09304' }],
    [5, { scriptSig: '5500' }],
    [16, { scriptSig: '60' }],
    [200, { scriptSig: '02c800' }],
    [0, { scriptSig: '61' }],
  ])('height %i in the coinbase', (height, shape) => {
    expect(heightInCoinbase(shaped({ bits: 0x1d00ffff, ...shape }))).toBe(height)
  })
})
