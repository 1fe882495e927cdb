import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseCrypto } from '../platform/index.ts'
import { merkleRoot } from '../validation/index.ts'
import {
  ByteReader,
  bytesToHex,
  createMerkleProof,
  DecodeError,
  decodeMerkleProof,
  encodeMerkleProof,
  hashFromHex,
  hashToHex,
  hexToBytes,
  parseBlock,
  verifyMerkleProof,
} from '../wire/index.ts'
import { createBasicFilter, filterHash, filterHeader, filterMayMatch } from './block-filter.ts'
import { decodeGolombSet, encodeGolombSet, golombSetMayHold } from './golomb-set.ts'
import { SipHash } from './siphash.ts'

const { crypto } = chooseCrypto()
const VECTORS = process.env.TOUCHSTONE_VECTORS ?? new URL('../../../shared/vectors', import.meta.url).pathname

describe('SipHash-2-4', () => {
  const key = Uint8Array.from({ length: 16 }, (_, i) => i)
  const hash = (length: number) => {
    const { low, high } = new SipHash(key).hash(Uint8Array.from({ length }, (_, i) => i))
    return ((BigInt(high) << 32n) | BigInt(low)).toString(16)
  }

  // From the paper by Aumasson and Bernstein (15 bytes) and the table of its reference code.
  test.each([
    [0, '726fdb47dd0e0e31'],
    [7, 'ab0200f58b01d137'],
    [8, '93f5f5799a932462'],
    [15, 'a129ca6149be45e5'],
    [16, '3f2acc7f57c29bdb'],
  ])('of %i bytes', (length, expected) => {
    expect(hash(length)).toBe(expected)
  })
})

describe('Golomb-coded sets', () => {
  const key = new Uint8Array(16).fill(3)
  const elements = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 60 })

  test('hold what was put in', () => {
    fc.assert(
      fc.property(elements, (all) => {
        const set = encodeGolombSet(key, all)
        for (const element of all) expect(golombSetMayHold(set, key, [element])).toBe(true)
        expect(golombSetMayHold(set, key, [])).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  test('seldom hold what was not', () => {
    const set = encodeGolombSet(
      key,
      Array.from({ length: 100 }, (_, i) => Uint8Array.of(1, i)),
    )
    const hits = Array.from({ length: 2000 }, (_, i) => Uint8Array.of(2, i & 0xff, i >> 8)).filter((other) =>
      golombSetMayHold(set, key, [other]),
    )
    expect(hits.length).toBeLessThan(3)
  })

  test('cut short or with more behind them are refused', () => {
    const set = encodeGolombSet(
      key,
      Array.from({ length: 20 }, (_, i) => Uint8Array.of(i)),
    )
    expect(() => decodeGolombSet(set.slice(0, -4))).toThrow(DecodeError)
    expect(() => decodeGolombSet(Uint8Array.from([...set, 0, 0]))).toThrow(DecodeError)
  })
})

type FilterRow = [number, string, string, string[], string, string, string, string?]
const FILTERS = `${VECTORS}/core/blockfilters.json`

test.skipIf(!existsSync(FILTERS))('the public vectors of block filters hold rows', () => {
  expect(JSON.parse(readFileSync(FILTERS, 'utf8')).length).toBeGreaterThan(5)
})

describe.runIf(existsSync(FILTERS))('block filters of the public vectors', () => {
  // The body of a suite that is skipped is carried out all the same.
  const table: unknown[][] = existsSync(FILTERS) ? JSON.parse(readFileSync(FILTERS, 'utf8')) : []
  const rows = table.filter((row) => row.length > 1) as FilterRow[]

  test.each(rows)('height %i', (_height, blockHash, blockHex, scripts, previous, filterHex, header) => {
    const block = parseBlock(new ByteReader(hexToBytes(blockHex)!), crypto)
    expect(hashToHex(block.hash)).toBe(blockHash)
    const spent = scripts.map((script) => hexToBytes(script)!)
    const filter = createBasicFilter(block, spent)
    expect(bytesToHex(filter)).toBe(filterHex)
    const next = filterHeader(filterHash(filter, crypto), hashFromHex(previous)!, crypto)
    expect(hashToHex(next)).toBe(header)
    for (const script of spent)
      if (script.length > 0) expect(filterMayMatch(filter, block.hash, [script])).toBe(true)
  })
})

describe('Merkle proofs', () => {
  const txids = (count: number) =>
    Array.from({ length: count }, (_, i) => crypto.sha256(Uint8Array.of(i, i >> 8)))

  test('prove exactly the leaves that were asked for, for trees of every shape', () => {
    for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 100]) {
      const leaves = txids(count)
      const { root } = merkleRoot(leaves, crypto)
      const matches = new Set([0, count >> 1, count - 1])
      const proof = decodeMerkleProof(encodeMerkleProof(createMerkleProof(leaves, matches, crypto)))
      const proven = verifyMerkleProof(proof, root, 25_000, crypto)!
      expect(proven.map(({ index }) => index)).toEqual([...matches].sort((a, b) => a - b))
      for (const { index, txid } of proven) expect(txid).toEqual(leaves[index])
    }
  })

  test('fail when anything is changed', () => {
    const leaves = txids(11)
    const { root } = merkleRoot(leaves, crypto)
    const proof = createMerkleProof(leaves, new Set([6]), crypto)
    const changed = proof.hashes.map((hash, i) => (i === 2 ? crypto.sha256(hash) : hash))
    expect(verifyMerkleProof({ ...proof, hashes: changed }, root, 25_000, crypto)).toBeUndefined()
    expect(verifyMerkleProof({ ...proof, total: 33 }, root, 25_000, crypto)).toBeUndefined()
    expect(
      verifyMerkleProof({ ...proof, hashes: proof.hashes.slice(1) }, root, 25_000, crypto),
    ).toBeUndefined()
    expect(verifyMerkleProof({ ...proof, flags: proof.flags.slice(1) }, root, 25_000, crypto)).toBeUndefined()
    expect(verifyMerkleProof(proof, root, 10, crypto)).toBeUndefined()
    expect(verifyMerkleProof(proof, root, 11, crypto)).toBeDefined()
  })

  test('of a tree whose last leaf is repeated are worthless [CVE-2012-2459]', () => {
    const leaves = txids(3)
    const { root } = merkleRoot(leaves, crypto)
    const repeated = [...leaves, leaves[2]!]
    expect(merkleRoot(repeated, crypto).root).toEqual(root)
    const proof = createMerkleProof(repeated, new Set([2, 3]), crypto)
    expect(verifyMerkleProof(proof, root, 25_000, crypto)).toBeUndefined()
  })
})
