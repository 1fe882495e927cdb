import type { NodeView } from '../node/index.ts'
import { type Block, concatBytes, encodeBlock } from '../wire/index.ts'

const COMMITMENT = [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed]
const MARKER_AND_FLAG = Uint8Array.of(0, 1)
/** One item of 32 zero bytes. */
const RESERVED_WITNESS = concatBytes(Uint8Array.of(1, 32), new Uint8Array(32))

/**
 * The bytes of a block with the coinbase's witness filled in, where it commits to witnesses and its miner left that out.
 * [BIP141 §Commitment structure; Core UpdateUncommittedBlockStructures]
 */
export function completeWitness(block: Block, { chain }: NodeView): Uint8Array {
  const parent = chain.node(block.header.previousHash)
  const coinbase = block.transactions[0]
  if (parent === undefined || coinbase === undefined || coinbase.hasWitness) return block.raw
  if (!chain.activations.after(parent).segwit || !coinbase.outputs.some(({ script }) => isCommitment(script)))
    return block.raw
  const { raw } = coinbase
  const withWitness = concatBytes(
    raw.subarray(0, 4),
    MARKER_AND_FLAG,
    raw.subarray(4, -4),
    RESERVED_WITNESS,
    raw.subarray(-4),
  )
  const others = block.transactions.slice(1).map((transaction) => transaction.raw)
  return encodeBlock(block.header.raw, [withWitness, ...others])
}

function isCommitment(script: Uint8Array): boolean {
  return script.length >= 38 && COMMITMENT.every((byte, at) => script[at] === byte)
}
