import { scrypt } from '@noble/hashes/scrypt.js'
import { dataHash, displayHash, doubleSha256, toBigInt } from './bytes.ts'

export const HEADER_BYTES = 80
/** Where fields begin in a header. */
export const HEADER_OFFSETS = { parent: 4, merkleRoot: 36, time: 68, bits: 72, nonce: 76 } as const

/** The id of a block that starts with this header, as people write it. */
export function blockHash(bytes: Uint8Array): string {
  return dataHash(bytes.subarray(0, HEADER_BYTES))
}

/** The id of the block below one that starts with this header, as people write it. */
export function parentHash(bytes: Uint8Array): string {
  return displayHash(bytes.subarray(HEADER_OFFSETS.parent, HEADER_OFFSETS.merkleRoot))
}

/** One of a header's fields that are numbers, as unsigned. */
export function headerField(bytes: Uint8Array, field: 'time' | 'bits' | 'nonce'): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(HEADER_OFFSETS[field], true)
}

/** The target that compact bits stand for; sign and overflow are not looked at. [Core arith_uint256::SetCompact] */
export function expandBits(bits: number): bigint {
  const exponent = bits >>> 24
  const mantissa = BigInt(bits & 0x7fffff)
  return exponent <= 3 ? mantissa >> BigInt(8 * (3 - exponent)) : mantissa << BigInt(8 * (exponent - 3))
}

/** Expected hashes to meet these bits. [Core chain.cpp GetBlockProof] */
export function workOfBits(bits: number): bigint {
  return (1n << 256n) / (expandBits(bits) + 1n)
}

/** The hash that must not exceed the target. */
export type ProofOfWork = 'sha256d' | 'scrypt'

const PROOFS: Readonly<Record<ProofOfWork, (header: Uint8Array) => Uint8Array>> = {
  sha256d: doubleSha256,
  scrypt: (header) => scrypt(header, header, { N: 1024, r: 1, p: 1, dkLen: 32 }),
}

/** Whether a header's hash is at or below the target of these bits. */
export function meetsTarget(header: Uint8Array, bits: number, proofOfWork: ProofOfWork): boolean {
  return toBigInt(PROOFS[proofOfWork](header)) <= expandBits(bits)
}
