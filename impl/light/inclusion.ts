import type { BlockHeader, Hasher, Transaction } from '../wire/index.ts'
import { equalBytes, type MerkleProof, verifyMerkleProof } from '../wire/index.ts'

/** As long as two hashes: bytes of this length may be an inner node of a tree. [CVE-2017-12842] */
const AMBIGUOUS_BYTES = 64

/** What shows that a transaction is in a block: a proof of it and of the coinbase. */
export interface Inclusion {
  readonly transaction: Transaction
  readonly coinbase: Transaction
  readonly proof: MerkleProof
}

/**
 * Whether the block of this header holds the transaction. The coinbase, first of its block, shows how deep the leaves
 * lie: without it a transaction of 64 bytes could be taken for two nodes below it, or two nodes for a transaction.
 * `totalMax` bounds the claimed number of transactions. [Bitcoin paper §8; CVE-2017-12842]
 */
export function provesInclusion(
  { transaction, coinbase, proof }: Inclusion,
  header: BlockHeader,
  totalMax: number,
  hasher: Hasher,
): boolean {
  if (!coinbase.isCoinbase || isAmbiguous(coinbase) || isAmbiguous(transaction)) return false
  const leaves = verifyMerkleProof(proof, header.merkleRoot, totalMax, hasher) ?? []
  const [first] = leaves
  return (
    first?.index === 0 &&
    equalBytes(first.txid, coinbase.txid) &&
    leaves.some(({ txid }) => equalBytes(txid, transaction.txid))
  )
}

function isAmbiguous({ strippedSize }: Transaction): boolean {
  return strippedSize === AMBIGUOUS_BYTES
}
