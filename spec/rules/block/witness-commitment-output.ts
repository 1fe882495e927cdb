import { toHex } from '../../encoding/index.ts'
import type { Block } from '../../vocabulary/index.ts'

/** OP_RETURN, a push of 36 bytes, and the four bytes that say what follows. */
const COMMITMENT_HEADER = '6a24aa21a9ed'
const COMMITMENT_BYTES = 38

/**
 * Which output of the coinbase commits to the block's witnesses: the last whose script begins as a commitment
 * does; undefined when there is none. [BIP141 §Commitment structure, Core GetWitnessCommitmentIndex]
 */
export function commitmentIndex(block: Block): number | undefined {
  const outputs = block.transactions[0]?.outputs ?? []
  const index = outputs.findLastIndex(
    ({ script }) => script.length >= COMMITMENT_BYTES && toHex(script.slice(0, 6)) === COMMITMENT_HEADER,
  )
  return index === -1 ? undefined : index
}

/** The 32 bytes that a block's coinbase commits to; undefined when it commits to none. */
export function commitmentOf(block: Block): Uint8Array | undefined {
  const index = commitmentIndex(block)
  return index === undefined
    ? undefined
    : block.transactions[0]!.outputs[index]!.script.slice(6, COMMITMENT_BYTES)
}
