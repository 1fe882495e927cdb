/** Signing with secp256k1, as a backend gives it. Secrets are 32 bytes, from 1 to the order of the curve, the order left out. */
export interface Signer {
  /** 33 bytes, or 65 when `isCompressed` is false. [SEC 1 §2.3.3] */
  publicKey(secret: Uint8Array, isCompressed: boolean): Uint8Array
  /** r and s, 32 bytes each, s low and r below 2^255; the same for the same arguments. [RFC 6979; Core CKey::Sign] */
  signEcdsa(secret: Uint8Array, hash: Uint8Array): Uint8Array
  /** Recovery number (0 … 3), r and s. */
  signRecoverable(
    secret: Uint8Array,
    hash: Uint8Array,
  ): { readonly recovery: number; readonly compact: Uint8Array }
  /** The public key behind a signature; undefined where there is none. */
  recover(
    compact: Uint8Array,
    recovery: number,
    hash: Uint8Array,
    isCompressed: boolean,
  ): Uint8Array | undefined
  /** [BIP340] */
  signSchnorr(secret: Uint8Array, hash: Uint8Array): Uint8Array
  /** The secret whose x-only key is that of `secret` moved by a tweak. [BIP341 taproot_tweak_seckey] */
  tweakSecret(secret: Uint8Array, tweak: Uint8Array): Uint8Array
}
