import { concatBytes } from '@noble/hashes/utils.js'
import type { Hash, Transaction } from '../vocabulary/index.ts'
import { NULL_HASH } from '../vocabulary/index.ts'
import { bytesOfHash, hashOfBytes, sha256d } from './hashes.ts'
import { txid, wtxid } from './transaction.ts'

/** The root over a list of leaves, and whether another list of leaves with the same root is evident. */
interface MerkleTree {
  readonly root: Hash
  /** Two equal neighbours at some level: the list may be another's with its tail repeated. [CVE-2012-2459] */
  readonly isMutated: boolean
}

/** The Merkle tree over hashes; an odd last node is paired with itself. [Core ComputeMerkleRoot] */
export function merkleTree(leaves: readonly Hash[]): MerkleTree {
  let level = leaves.map(bytesOfHash)
  let isMutated = false
  while (level.length > 1) {
    const pairs = pairUp(level)
    isMutated ||= pairs.some(([left, right]) => left !== right && equals(left, right))
    level = pairs.map(([left, right]) => sha256d(concatBytes(left, right)))
  }
  const [root] = level
  return { root: root === undefined ? NULL_HASH : hashOfBytes(root), isMutated }
}

/** The tree that a header commits to. */
export const transactionTree = (transactions: readonly Transaction[]): MerkleTree =>
  merkleTree(transactions.map(txid))

/** The root that a witness commitment commits to: the coinbase's own leaf is zero. [BIP141 §Commitment structure] */
export const witnessRoot = (transactions: readonly Transaction[]): Hash =>
  merkleTree(transactions.map((transaction, index) => (index === 0 ? NULL_HASH : wtxid(transaction)))).root

function pairUp(level: readonly Uint8Array[]): [Uint8Array, Uint8Array][] {
  const pairs: [Uint8Array, Uint8Array][] = []
  for (let at = 0; at < level.length; at += 2) pairs.push([level[at]!, level[at + 1] ?? level[at]!])
  return pairs
}

function equals(left: Uint8Array, right: Uint8Array): boolean {
  return left.every((byte, at) => byte === right[at])
}
