import { secp256k1 } from '@noble/curves/secp256k1.js'
import { bytesToNumberBE } from '@noble/curves/utils.js'

const COMPRESSED_BYTES = 33
const UNCOMPRESSED_BYTES = 65

/** Whether a key is 02 or 03 and 32 bytes. [BIP143 §Restrictions on public key type] */
export function isCompressed(publicKey: Uint8Array): boolean {
  return publicKey.length === COMPRESSED_BYTES && (publicKey[0] === 2 || publicKey[0] === 3)
}

/** Whether a key is compressed, or 04 and 64 bytes. [Core IsCompressedOrUncompressedPubKey] */
export function isCompressedOrUncompressed(publicKey: Uint8Array): boolean {
  return isCompressed(publicKey) || (publicKey.length === UNCOMPRESSED_BYTES && publicKey[0] === 4)
}

/** The point that an ECDSA key stands for, in the encodings consensus accepts, hybrid ones included; nothing when there is none. */
export function parsePublicKey(publicKey: Uint8Array): CurvePoint | undefined {
  if (isHybrid(publicKey)) return parseHybrid(publicKey)
  if (!isCompressedOrUncompressed(publicKey)) return undefined
  return orNothing(() => Point.fromBytes(publicKey))
}

/** The point with this x and an even y; nothing when x is not on the curve. [BIP340 lift_x] */
export function liftX(x: Uint8Array): CurvePoint | undefined {
  return orNothing(() => Point.fromBytes(Uint8Array.of(2, ...x)))
}

/** A point of secp256k1. */
export type CurvePoint = ReturnType<typeof Point.fromBytes>

const { Point } = secp256k1

/** 06 or 07 and both coordinates; the first byte MUST match y's parity. [X9.62 §4.3.6] */
function isHybrid(publicKey: Uint8Array): boolean {
  return publicKey.length === UNCOMPRESSED_BYTES && (publicKey[0] === 6 || publicKey[0] === 7)
}

function parseHybrid(publicKey: Uint8Array): CurvePoint | undefined {
  const y = bytesToNumberBE(publicKey.subarray(33))
  if (y % 2n !== BigInt(publicKey[0]! & 1)) return undefined
  return orNothing(() => Point.fromBytes(Uint8Array.of(4, ...publicKey.subarray(1))))
}

/** Noble throws when the bytes are not a point; here that is an answer. */
function orNothing(parse: () => CurvePoint): CurvePoint | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}
