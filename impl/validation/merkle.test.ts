import { describe, expect, test } from 'vitest'
import { crypto } from '../testing/test-chain.ts'
import { concatBytes } from '../wire/index.ts'
import { merkleRoot } from './merkle.ts'

const leaf = (n: number) => new Uint8Array(32).fill(n)
const pair = (a: Uint8Array, b: Uint8Array) => crypto.hash256(concatBytes(a, b))
const root = (...leaves: number[]) => merkleRoot(leaves.map(leaf), crypto)

describe('a Merkle root', () => {
  test('pairs the last node of an odd row with itself', () => {
    expect(root().root).toEqual(new Uint8Array(32))
    expect(root(1).root).toEqual(leaf(1))
    expect(root(1, 2).root).toEqual(pair(leaf(1), leaf(2)))
    expect(root(1, 2, 3).root).toEqual(pair(pair(leaf(1), leaf(2)), pair(leaf(3), leaf(3))))
    expect(root(1, 2, 3).hasTwins).toBe(false)
  })

  test('reports when two equal nodes were paired, in any row', () => {
    expect(root(1, 2, 3, 3)).toEqual({ ...root(1, 2, 3), hasTwins: true })
    expect(root(1, 2, 3, 4, 5, 6, 5, 6)).toEqual({ ...root(1, 2, 3, 4, 5, 6), hasTwins: true })
    expect(root(1, 2, 2, 3).hasTwins).toBe(false)
  })
})
