import { schnorr } from '@noble/curves/secp256k1.js'

/** SHA-256 that starts from the tag's own hash twice, so that no hash of one purpose is one of another. [BIP340 §Design] */
export const taggedHash: (tag: string, ...messages: Uint8Array[]) => Uint8Array = schnorr.utils.taggedHash
