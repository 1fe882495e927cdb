import { ByteReader, bytesToHex, HEADER_BYTES, readTransaction } from '../../wire/index.ts'

/** Witness commitment: OP_RETURN, 36 bytes, its tag. [BIP141 §Commitment structure] */
const COMMITMENT = '6a24aa21a9ed'
const COMMITMENT_BYTES = 38
const VERSION_BYTES = 4
/**
 * Whether the coinbase commits to witnesses and has none itself. `submitblock` gives such a block its reserved value, as
 * mining software may leave it out, and so judges another block than it was given. [Core UpdateUncommittedBlockStructures]
 */
export function lacksReservedValue(block: Uint8Array): boolean {
  const reader = new ByteReader(block, HEADER_BYTES)
  try {
    if (reader.compactSize() === 0) return false
    // No inputs: the marker of a transaction with witnesses. [BIP144]
    if (reader.peek(VERSION_BYTES) === 0) return false
    return readTransaction(reader).outputs.some(({ script }) => isCommitment(script))
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function isCommitment(script: Uint8Array): boolean {
  return script.length >= COMMITMENT_BYTES && bytesToHex(script).startsWith(COMMITMENT)
}
