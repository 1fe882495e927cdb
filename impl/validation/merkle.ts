import { equalBytes, type Hasher } from '../wire/index.ts'

/** A Merkle root, and whether the list of its leaves is ambiguous. */
export interface MerkleResult {
  readonly root: Uint8Array
  /** Two equal nodes were paired: the same root has a shorter list of leaves. [CVE-2012-2459] */
  readonly hasTwins: boolean
}

/** Root of a Merkle tree over 32-byte leaves, the last node of an odd row paired with itself; zeros for no leaves. */
export function merkleRoot(leaves: readonly Uint8Array[], hasher: Hasher): MerkleResult {
  if (leaves.length === 0) return { root: new Uint8Array(32), hasTwins: false }
  let hasTwins = false
  let row = leaves
  const pair = new Uint8Array(64)
  while (row.length > 1) {
    const next = new Array<Uint8Array>((row.length + 1) >> 1)
    for (let i = 0; i < row.length; i += 2) {
      const left = row[i]!
      const right = i + 1 < row.length ? row[i + 1]! : left
      if (i + 1 < row.length && equalBytes(left, right)) hasTwins = true
      pair.set(left, 0)
      pair.set(right, 32)
      next[i >> 1] = hasher.hash256(pair)
    }
    row = next
  }
  return { root: row[0]!, hasTwins }
}
