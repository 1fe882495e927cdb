import { describe, expect, it } from 'vitest'
import type { CoinOrigin, SingleBlockPlace } from '../ports/index.ts'
import {
  concatBytes,
  doubleSha256,
  hexToBytes,
  merkleRoot,
  transactionBytes,
  transactionId,
  uint32,
} from '../wire/index.ts'
import { facetOf } from './facet.ts'
import { createEngine } from './index.ts'

const HEIGHT = 200
const SUBSIDY = 2_500_000_000n
const ANYONE = hexToBytes('51')
const BLOCK_TIME = 1_600_000_000

const coin = (origin: Partial<CoinOrigin>): CoinOrigin => ({
  height: 1,
  isCoinbase: false,
  medianTime: 1_500_000_000,
  ...origin,
})

/** A block of regtest that spends one coin of 1000 sats, whose input has this sequence, and claims this much. */
function blockWith(sequence: number, claim: bigint): Uint8Array {
  const transaction = (
    scriptSig: Uint8Array,
    spent: { txid: Uint8Array; index: number },
    value: bigint,
    ends: number,
  ) => ({
    version: 2,
    inputs: [{ txid: spent.txid, index: spent.index, scriptSig, sequence: ends, witness: [] }],
    outputs: [{ value, script: ANYONE }],
    lockTime: 0,
  })
  const transactions = [
    transaction(hexToBytes('02c800'), { txid: new Uint8Array(32), index: 0xffffffff }, claim, 0xffffffff),
    transaction(new Uint8Array(), { txid: new Uint8Array(32).fill(1), index: 0 }, 900n, sequence),
  ]
  const root = merkleRoot(transactions.map((entry) => transactionId(entry)))
  for (let nonce = 0; ; nonce++) {
    const header = concatBytes(
      uint32(4),
      new Uint8Array(32),
      root,
      uint32(BLOCK_TIME),
      uint32(0x207fffff),
      uint32(nonce),
    )
    if (doubleSha256(header)[31]! < 0x7f)
      return concatBytes(header, Uint8Array.of(2), ...transactions.map((entry) => transactionBytes(entry)))
  }
}

describe.each(['spec', 'node'] as const)('%s judges a block by its place', (name) => {
  const engine = createEngine(name)
  const judge = (
    origin: Partial<CoinOrigin>,
    sequence = 0xffffffff,
    { claim = SUBSIDY + 100n, flags = ['CHECKSEQUENCEVERIFY'], medianTime = BLOCK_TIME - 1 } = {},
  ) => {
    const place: SingleBlockPlace = { height: HEIGHT, medianTime, origins: [coin(origin)] }
    const spentOutputs = [{ value: 1000n, script: ANYONE }]
    return facetOf(engine, 'contextFree').checkBlock({
      chain: 'regtest',
      block: blockWith(sequence, claim),
      spentOutputs,
      place,
      flags,
    })
  }

  it.each([
    [99, 'bad-txns-premature-spend-of-coinbase'],
    [100, 'ok'],
    [101, 'ok'],
  ])('a coinbase %i blocks deep: %s', (depth, verdict) => {
    expect(judge({ height: HEIGHT - depth, isCoinbase: true })).toBe(verdict)
    expect(judge({ height: HEIGHT - depth })).toBe('ok')
  })

  it.each([
    [6, 'bad-txns-nonfinal'],
    [5, 'ok'],
    [4, 'ok'],
  ])('a coin 5 blocks old locked for %i blocks: %s', (lock, verdict) => {
    expect(judge({ height: HEIGHT - 5 }, lock)).toBe(verdict)
    expect(judge({ height: HEIGHT - 5 }, lock, { flags: [] })).toBe('ok')
  })

  it.each([
    [2047, 'bad-txns-nonfinal'],
    [2048, 'ok'],
    [2049, 'ok'],
  ])('a coin %i seconds old locked for 2048: %s', (age, verdict) => {
    expect(
      judge({ height: HEIGHT - 9, medianTime: BLOCK_TIME - 600 - age }, 0x00400004, {
        medianTime: BLOCK_TIME - 600,
      }),
    ).toBe(verdict)
  })

  it.each([
    [99n, 'ok'],
    [100n, 'ok'],
    [101n, 'bad-cb-amount'],
  ])('a claim of the subsidy and %i sats where fees are 100: %s', (fees, verdict) => {
    expect(judge({}, 0xffffffff, { claim: SUBSIDY + fees })).toBe(verdict)
  })
})
