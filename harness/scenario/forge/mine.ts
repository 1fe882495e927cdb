import { HEADER_OFFSETS, meetsTarget, type ProofOfWork, uint32 } from '../../wire/index.ts'

/** Searches nonces from 0 for a hash that meets the target, or misses it; writes the nonce into a copy. */
export function mine(
  header: Uint8Array,
  bits: number,
  proofOfWork: ProofOfWork,
  wanted: 'meets' | 'misses',
): Uint8Array {
  const candidate = Uint8Array.from(header)
  for (let nonce = 0; nonce <= NONCE_MAX; nonce++) {
    candidate.set(uint32(nonce), HEADER_OFFSETS.nonce)
    if (meetsTarget(candidate, bits, proofOfWork) === (wanted === 'meets')) return candidate
  }
  throw new Error(`no nonce up to ${NONCE_MAX} ${wanted} the target of bits ${bits.toString(16)}`)
}

/** A scenario that needs more work than this is a mistake in its bits. */
const NONCE_MAX = 5_000_000
