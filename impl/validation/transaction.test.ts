import { describe, expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { ANYONE, Forge } from '../testing/forge.ts'
import { crypto } from '../testing/test-chain.ts'
import type { TransactionParts } from '../wire/index.ts'
import { checkTransaction } from './transaction.ts'

const chain = testChain(crypto)
const forge = new Forge(chain, crypto)
const MAX = chain.limits.maxMoney

const input = (n: number, index = 0, scriptSig = new Uint8Array(0)) => ({
  prevTxid: new Uint8Array(32).fill(n),
  prevIndex: index,
  scriptSig,
  sequence: 0,
})
const output = (value: number, script = ANYONE) => ({ value, script })
const reasonOf = (parts: Partial<TransactionParts>, limits = chain.limits) =>
  checkTransaction(forge.transaction({ inputs: [input(1)], outputs: [output(1)], ...parts }), limits)
    ?.reason ?? 'ok'

describe('a transaction by itself', () => {
  test('has inputs and outputs', () => {
    expect(reasonOf({})).toBe('ok')
    expect(reasonOf({ inputs: [], outputs: [] })).toBe('bad-txns-vin-empty')
    expect(reasonOf({ outputs: [] })).toBe('bad-txns-vout-empty')
  })

  test('fits a block without its witness', () => {
    const size = forge.transaction({ inputs: [input(1)], outputs: [output(1)] }).strippedSize
    for (const [maxBlockWeight, reason] of [
      [4 * size + 1, 'ok'],
      [4 * size, 'ok'],
      [4 * size - 1, 'bad-txns-oversize'],
    ] as const)
      expect(reasonOf({}, { ...chain.limits, maxBlockWeight })).toBe(reason)
  })

  test.each([
    [-1, 'bad-txns-vout-negative'],
    [0, 'ok'],
    [MAX - 1, 'ok'],
    [MAX, 'ok'],
    [MAX + 1, 'bad-txns-vout-toolarge'],
    [-(2 ** 63), 'bad-txns-vout-negative'],
    [2 ** 63 - 1024, 'bad-txns-vout-toolarge'],
  ])('an output of %d sats', (value, reason) => {
    expect(reasonOf({ outputs: [output(value)] })).toBe(reason)
  })

  test('pays no more than there is in all', () => {
    expect(reasonOf({ outputs: [output(MAX - 1), output(1)] })).toBe('ok')
    expect(reasonOf({ outputs: [output(MAX), output(1)] })).toBe('bad-txns-txouttotal-toolarge')
  })

  test('spends a coin once, among few inputs and among many', () => {
    for (const count of [1, 7, 8, 9, 40]) {
      const inputs = Array.from({ length: count }, (_, i) => input(1, i))
      expect(reasonOf({ inputs })).toBe('ok')
      expect(reasonOf({ inputs: [...inputs, input(1, count - 1)] })).toBe('bad-txns-inputs-duplicate')
      expect(reasonOf({ inputs: [...inputs, input(2, count - 1)] })).toBe('ok')
    }
  })

  test('a coinbase has a script of 2 to 100 bytes', () => {
    for (const [length, reason] of [
      [1, 'bad-cb-length'],
      [2, 'ok'],
      [3, 'ok'],
      [99, 'ok'],
      [100, 'ok'],
      [101, 'bad-cb-length'],
    ] as const)
      expect(reasonOf({ inputs: [input(0, 0xffffffff, new Uint8Array(length))] })).toBe(reason)
  })

  test('no other input names no coin', () => {
    expect(reasonOf({ inputs: [input(1), input(0, 0xffffffff)] })).toBe('bad-txns-prevout-null')
    expect(reasonOf({ inputs: [input(0, 0xfffffffe)] })).toBe('ok')
    expect(reasonOf({ inputs: [input(1, 0xffffffff)] })).toBe('ok')
  })
})
