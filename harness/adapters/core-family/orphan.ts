import { scrypt } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { ChainFile } from '../../ports/index.ts'

type ProofOfWork = ChainFile['proofOfWork']

const HEADER_BYTES = 80
const PARENT_AT = 4
const BITS_AT = 72
const NONCE_AT = 76
/** More than enough where every second hash will do. */
const NONCES_MAX = 1_000

/**
 * The same block on a parent that nobody knows, mined anew; undefined where its own proof of work is missing, or takes
 * more than a few hashes to make. A node says of it what it breaks by itself, and keeps nothing.
 */
export function orphaned(block: Uint8Array, proofOfWork: ProofOfWork): Uint8Array | undefined {
  const workOf = WORK[proofOfWork]
  const copy = Buffer.from(block)
  const header = copy.subarray(0, HEADER_BYTES)
  const target = targetOf(copy.readUInt32LE(BITS_AT))
  if (workOf(header) > target) return undefined
  copy.fill(0xee, PARENT_AT, PARENT_AT + 32)
  for (let nonce = 0; nonce < NONCES_MAX; nonce++) {
    copy.writeUInt32LE(nonce, NONCE_AT)
    if (workOf(header) <= target) return copy
  }
  return undefined
}

/** The number that must not exceed the target. */
const WORK: Readonly<Record<ProofOfWork, (header: Uint8Array) => bigint>> = {
  sha256d: (header) => numberOf(sha256(sha256(header))),
  scrypt: (header) => numberOf(scrypt(header, header, { N: 1024, r: 1, p: 1, dkLen: 32 })),
}

function numberOf(hash: Uint8Array): bigint {
  return BigInt(`0x${bytesToHex(hash.reverse())}`)
}

/** [Core arith_uint256 SetCompact] */
function targetOf(bits: number): bigint {
  const exponent = bits >>> 24
  const mantissa = BigInt(bits & 0x7fffff)
  return exponent <= 3 ? mantissa >> BigInt(8 * (3 - exponent)) : mantissa << BigInt(8 * (exponent - 3))
}
