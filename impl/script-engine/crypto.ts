import type { Hasher } from '../wire/index.ts'

/**
 * The curve and hash functions that the script engine needs, as a backend gives them.
 * No function throws: bytes that are no key, no signature or out of range make the answer `false` or `undefined`.
 */
export interface Crypto extends Hasher {
  /**
   * ECDSA over secp256k1. `publicKey` is any SEC 1 encoding, hybrid ones (06, 07) included; `signature` is r and s,
   * 32 bytes each, of which s may be high. [Core CPubKey::Verify]
   */
  verifyEcdsa(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean
  /** Schnorr over secp256k1 with an x-only key. [BIP340] */
  verifySchnorr(publicKeyX: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean
  /** lift_x(internalKeyX) + tweak × G, compressed (33 bytes); undefined when there is no such point. [BIP341] */
  tweakPublicKey(internalKeyX: Uint8Array, tweak: Uint8Array): Uint8Array | undefined
}
