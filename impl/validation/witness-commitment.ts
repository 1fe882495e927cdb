import { type Block, equalBytes, type Hasher, type Transaction } from '../wire/index.ts'
import { merkleRoot } from './merkle.ts'
import { mutated, type Rejection } from './rejection.ts'

/** OP_RETURN, a push of 36 bytes, and four bytes of magic. [BIP141 §Commitment structure] */
const COMMITMENT_PREFIX = Uint8Array.of(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed)
const COMMITMENT_SCRIPT_BYTES_MIN = 38

/** Index of the last output of a coinbase that commits to witnesses; -1 when there is none. */
export function commitmentIndex(coinbase: Transaction): number {
  for (let i = coinbase.outputs.length - 1; i >= 0; i--) {
    const { script } = coinbase.outputs[i]!
    if (
      script.length >= COMMITMENT_SCRIPT_BYTES_MIN &&
      COMMITMENT_PREFIX.every((byte, at) => script[at] === byte)
    )
      return i
  }
  return -1
}

/** Hash of the witness Merkle root and the reserved value: what the coinbase commits to. */
export function witnessCommitment(
  transactions: readonly Transaction[],
  reserved: Uint8Array,
  hasher: Hasher,
): Uint8Array {
  const leaves = transactions.map((transaction, i) => (i === 0 ? new Uint8Array(32) : transaction.wtxid))
  const both = new Uint8Array(64)
  both.set(merkleRoot(leaves, hasher).root, 0)
  both.set(reserved, 32)
  return hasher.hash256(both)
}

/** Witnesses are either committed to or absent. A failure says nothing of the block's hash. [Core CheckWitnessMalleation] */
export function checkWitnessCommitment(
  block: Block,
  segwitActive: boolean,
  hasher: Hasher,
): Rejection | undefined {
  const coinbase = block.transactions[0]
  const index = segwitActive && coinbase !== undefined ? commitmentIndex(coinbase) : -1
  if (coinbase !== undefined && index !== -1) {
    const witness = coinbase.inputs[0]!.witness
    const reserved = witness[0]
    if (witness.length !== 1 || reserved?.length !== 32)
      return mutated('bad-witness-nonce-size', 'CheckWitnessMalleation : invalid witness reserved value size')
    const expected = witnessCommitment(block.transactions, reserved, hasher)
    return equalBytes(expected, coinbase.outputs[index]!.script.subarray(6, 38))
      ? undefined
      : mutated('bad-witness-merkle-match', 'CheckWitnessMalleation : witness merkle commitment mismatch')
  }
  for (const transaction of block.transactions)
    if (transaction.hasWitness)
      return mutated('unexpected-witness', 'CheckWitnessMalleation : unexpected witness data found')
  return undefined
}
