import {
  HEADER_BYTES,
  HEADER_OFFSETS,
  headerField,
  meetsTarget,
  type ProofOfWork,
  uint32,
} from '../../wire/index.ts'

/** More than enough where every second hash will do. */
const NONCES_MAX = 1_000

/**
 * The same block on a parent that nobody knows, mined again; undefined where its own proof of work is missing, or takes
 * more than a few hashes to make. A node says of it what it breaks by itself, and keeps nothing.
 */
export function orphaned(block: Uint8Array, proofOfWork: ProofOfWork): Uint8Array | undefined {
  const copy = Uint8Array.from(block)
  const header = copy.subarray(0, HEADER_BYTES)
  const bits = headerField(header, 'bits')
  if (!meetsTarget(header, bits, proofOfWork)) return undefined
  copy.fill(0xee, HEADER_OFFSETS.parent, HEADER_OFFSETS.merkleRoot)
  for (let nonce = 0; nonce < NONCES_MAX; nonce++) {
    copy.set(uint32(nonce), HEADER_OFFSETS.nonce)
    if (meetsTarget(header, bits, proofOfWork)) return copy
  }
  return undefined
}
