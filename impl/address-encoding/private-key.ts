import type { AddressPrefixes } from '../chains/index.ts'
import { compareBytes, concatBytes, type Hasher, hexToBytes } from '../wire/index.ts'
import { decodeBase58Check, encodeBase58Check } from './base58.ts'

const SECRET_BYTES = 32
const COMPRESSED = 1
/** Number of points on secp256k1. [SEC 2] */
const CURVE_ORDER = hexToBytes('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')!

/** A secret number together with the form of its public key. */
export interface PrivateKey {
  /** 32 bytes, most significant first; from 1 to the order of the curve, the order left out. */
  readonly secret: Uint8Array
  /** The public key has 33 bytes. */
  readonly isCompressed: boolean
}

/** A private key as wallets exchange it (WIF). [Core EncodeSecret] */
export function encodePrivateKey(
  { secret, isCompressed }: PrivateKey,
  { secretKey }: AddressPrefixes,
  hasher: Hasher,
): string {
  const suffix = isCompressed ? Uint8Array.of(COMPRESSED) : new Uint8Array(0)
  return encodeBase58Check(concatBytes(Uint8Array.of(secretKey), secret, suffix), hasher)
}

/** The private key that a text of this chain holds, or nothing. [Core DecodeSecret] */
export function decodePrivateKey(
  text: string,
  { secretKey }: AddressPrefixes,
  hasher: Hasher,
): PrivateKey | undefined {
  const payload = decodeBase58Check(text, 1 + SECRET_BYTES + 1, hasher)
  if (payload === undefined || payload[0] !== secretKey) return undefined
  const secret = payload.subarray(1, 1 + SECRET_BYTES)
  const suffix = payload.subarray(1 + SECRET_BYTES)
  const isCompressed = suffix.length === 1 && suffix[0] === COMPRESSED
  if (secret.length !== SECRET_BYTES || (suffix.length > 0 && !isCompressed)) return undefined
  return secret.some((byte) => byte !== 0) && compareBytes(secret, CURVE_ORDER) < 0
    ? { secret, isCompressed }
    : undefined
}
