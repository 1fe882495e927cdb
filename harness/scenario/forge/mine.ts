import { scrypt } from '@noble/hashes/scrypt.js'
import { doubleSha256, toBigInt, uint32 } from '../../wire/index.ts'
import { expandBits } from './difficulty.ts'

/** Searches nonces from 0 for a hash that meets the target, or misses it; writes the nonce into a copy. */
export function mine(
  header: Uint8Array,
  bits: number,
  proofOfWork: 'sha256d' | 'scrypt',
  wanted: 'meets' | 'misses',
): Uint8Array {
  const candidate = Uint8Array.from(header)
  const target = expandBits(bits)
  for (let nonce = 0; nonce <= NONCE_MAX; nonce++) {
    candidate.set(uint32(nonce), NONCE_OFFSET)
    const meets = toBigInt(PROOF[proofOfWork](candidate)) <= target
    if (meets === (wanted === 'meets')) return candidate
  }
  throw new Error(`no nonce up to ${NONCE_MAX} ${wanted} the target of bits ${bits.toString(16)}`)
}

/** A scenario that needs more work than this is a mistake in its bits. */
const NONCE_MAX = 5_000_000
const NONCE_OFFSET = 76

const PROOF = {
  sha256d: doubleSha256,
  scrypt: (header: Uint8Array) => scrypt(header, header, { N: 1024, r: 1, p: 1, dkLen: 32 }),
}
