/**
 * secp256k1 as a library offers it. Keys for ECDSA come compressed (02, 03) or whole (04). Functions may throw on
 * bytes they do not like: `createCrypto` turns that into `false`.
 */
export interface Curve {
  /** The library and what it is made of, for people. */
  readonly title: string
  verifyEcdsa(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean
  verifySchnorr(publicKeyX: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean
  tweakPublicKey(internalKeyX: Uint8Array, tweak: Uint8Array): Uint8Array | undefined
}
