import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Input, Output, Transaction } from '../vocabulary/index.ts'
import { hash, hasWitness, sats } from '../vocabulary/index.ts'
import {
  blockHash,
  blockWeight,
  compactSize,
  decodeAll,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  encodeAll,
  encodeBlock,
  encodeHeader,
  encodeStripped,
  encodeTransaction,
  fromHex,
  int64,
  listOf,
  merkleTree,
  strippedBlockSize,
  toHex,
  transactionTree,
  transactionWeight,
  txid,
  wtxid,
} from './index.ts'

const GENESIS =
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c0101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000'

const bytes = (maxLength: number) => fc.uint8Array({ maxLength })
const anyHash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((digits) => hash(toHex(digits)))
const anyUint32 = fc.oneof(fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff), fc.nat())
const anyInput: fc.Arbitrary<Input> = fc.record({
  outpoint: fc.record({ txid: anyHash, index: anyUint32 }),
  scriptSig: fc.oneof(
    bytes(5),
    fc.constantFrom(252, 253, 254).map((length) => new Uint8Array(length)),
  ),
  sequence: anyUint32,
  witness: fc.array(bytes(4), { maxLength: 3 }),
})
const anyOutput: fc.Arbitrary<Output> = fc.record({
  value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(sats),
  script: bytes(6),
})
const anyTransaction: fc.Arbitrary<Transaction> = fc.record({
  version: anyUint32,
  inputs: fc.array(anyInput, { minLength: 1, maxLength: 4 }),
  outputs: fc.array(anyOutput, { maxLength: 3 }),
  lockTime: anyUint32,
})

describe('CompactSize', () => {
  it.each([
    [0, '00'],
    [252, 'fc'],
    [253, 'fdfd00'],
    [254, 'fdfe00'],
    [65535, 'fdffff'],
    [65536, 'fe00000100'],
    [0xffffffff, 'feffffffff'],
    [0x100000000, 'ff0000000001000000'],
  ])('%d is %s', (value, digits) => {
    expect(toHex(encodeAll(compactSize, value))).toBe(digits)
    expect(decodeAll(compactSize, fromHex(digits))).toEqual({ ok: true, value })
  })
  it.each(['fdfc00', 'feffff0000', 'ffffffffff00000000'])('%s is not canonical', (digits) => {
    expect(decodeAll(compactSize, fromHex(digits))).toMatchObject({
      ok: false,
      error: { problem: 'non-canonical CompactSize' },
    })
  })
})

describe('transaction', () => {
  it('survives the way to bytes and back', () => {
    fc.assert(
      fc.property(anyTransaction, (transaction) => {
        expect(decodeTransaction(encodeTransaction(transaction))).toEqual({ ok: true, value: transaction })
      }),
    )
  })
  it('has one encoding: what decodes encodes to the same bytes', () => {
    fc.assert(
      fc.property(anyTransaction, fc.nat(), fc.nat(255), (transaction, at, byte) => {
        const changed = encodeTransaction(transaction)
        changed[at % changed.length] = byte
        const decoded = decodeTransaction(changed)
        if (decoded.ok) expect(encodeTransaction(decoded.value)).toEqual(changed)
      }),
    )
  })
  it('is not cut short nor followed by anything', () => {
    fc.assert(
      fc.property(anyTransaction, fc.nat(), (transaction, at) => {
        const whole = encodeTransaction(transaction)
        expect(decodeTransaction(whole.slice(0, at % whole.length)).ok).toBe(false)
        expect(decodeTransaction(Uint8Array.of(...whole, 0))).toMatchObject({
          error: { problem: '1 trailing bytes' },
        })
      }),
    )
  })
  it('has an id that the witness does not change, and one that it does', () => {
    fc.assert(
      fc.property(anyTransaction, (transaction) => {
        const bare = {
          ...transaction,
          inputs: transaction.inputs.map((input) => ({ ...input, witness: [] })),
        }
        expect(txid(transaction)).toBe(txid(bare))
        expect(wtxid(transaction) === wtxid(bare)).toBe(!hasWitness(transaction))
        const stripped = encodeStripped(transaction).length
        expect(transactionWeight(transaction)).toBe(3 * stripped + encodeTransaction(transaction).length)
      }),
    )
  })
  it('survives when it outgrows the buffer that it is written into, wherever that happens', () => {
    for (let length = 0; length < 300; length += 1) {
      const output: Output = { value: sats(7n), script: new Uint8Array(length).fill(1) }
      const input: Input = {
        outpoint: { txid: hash('ab'.repeat(32)), index: 9 },
        scriptSig: new Uint8Array(),
        sequence: 3,
        witness: [],
      }
      const transaction = { version: 1, inputs: [input], outputs: [output, output], lockTime: 5 }
      expect(decodeTransaction(encodeTransaction(transaction))).toEqual({ ok: true, value: transaction })
    }
  })
  it('refuses a witness record without witness, and unknown optional data', () => {
    const input = `${'00'.repeat(36)}0000000000`
    const problem = (digits: string) => decodeTransaction(fromHex(digits))
    expect(problem(`0100000000 01 01${input} 00 00 00000000`.replaceAll(' ', ''))).toMatchObject({
      error: { problem: 'superfluous witness record' },
    })
    expect(problem(`0100000000 02 01${input} 00 00000000`.replaceAll(' ', ''))).toMatchObject({
      error: { problem: 'unknown transaction optional data' },
    })
  })
})

describe('block', () => {
  it('knows the main chain by its genesis', () => {
    const decoded = decodeBlock(fromHex(GENESIS))
    if (!decoded.ok) throw new Error(decoded.error.problem)
    const { header, transactions } = decoded.value
    expect(blockHash(header)).toBe('000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f')
    expect(transactionTree(transactions)).toEqual({ root: header.merkleRoot, isMutated: false })
    expect(toHex(encodeBlock(decoded.value))).toBe(GENESIS)
    expect(strippedBlockSize(decoded.value)).toBe(285)
    expect(blockWeight(decoded.value)).toBe(4 * 285)
    expect(decodeHeader(encodeHeader(header))).toEqual({ ok: true, value: header })
  })
  it('keeps the sign of a header version', () => {
    const decoded = decodeHeader(fromHex(`ffffffff${GENESIS.slice(8, 160)}`))
    expect(decoded).toMatchObject({ ok: true, value: { version: -1 } })
  })
})

describe('Merkle tree', () => {
  const leaf = (digit: string) => hash(digit.repeat(64))
  const [a, b, c] = [leaf('a'), leaf('b'), leaf('c')]
  it('gives a list and its repeated tail one root, and distinguishes them', () => {
    const honest = merkleTree([a, b, c])
    const repeated = merkleTree([a, b, c, c])
    expect(repeated.root).toBe(honest.root)
    expect([honest.isMutated, repeated.isMutated]).toEqual([false, true])
  })
  it('sees a repetition at an inner level', () => {
    expect(merkleTree([a, b, a, b]).isMutated).toBe(true)
    expect(merkleTree([a, b, b, a]).isMutated).toBe(false)
  })
  it('of one leaf is the leaf', () => expect(merkleTree([a])).toEqual({ root: a, isMutated: false }))
})

it('a number that makes the buffer grow lands in the buffer that grew', () => {
  const values = Array.from({ length: 1000 }, (_, index) => sats(index))
  const written = encodeAll(listOf(int64), values)
  expect(decodeAll(listOf(int64), written)).toMatchObject({ ok: true, value: values })
})
