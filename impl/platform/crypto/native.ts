import { createRequire } from 'node:module'
import type { Curve } from './curve.ts'
import { nodeHasher } from './hasher.ts'
import { ORDER, putScalar, toScalar } from './scalars.ts'

/** The addon's functions that are used here. They throw on malformed arguments and where there is no answer. */
interface Addon {
  signatureNormalize(signature: Uint8Array): Uint8Array
  ecdsaVerify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
  ecdsaRecover(
    signature: Uint8Array,
    recoveryId: number,
    message: Uint8Array,
    compressed: boolean,
    output: Uint8Array,
  ): Uint8Array
  publicKeyTweakAdd(publicKey: Uint8Array, tweak: Uint8Array, compressed: boolean): Uint8Array
}

/**
 * libsecp256k1 as the prebuilt addon of the package `secp256k1`; throws where it does not load. Its `bindings` are
 * imported directly, since the package itself falls back to JavaScript without a word. `edge` answers the rare
 * questions that the addon cannot.
 */
export function loadNativeCurve(edge: Curve): Curve {
  const addon = loadAddon()
  return {
    title: 'libsecp256k1, native addon of the package secp256k1',
    verifyEcdsa: (publicKey, signature, message) =>
      addon.ecdsaVerify(withLowS(addon, signature), message, publicKey),
    verifySchnorr: (publicKeyX, signature, message) => {
      const s = toScalar(signature.subarray(32))
      if (s >= ORDER) return false
      const e = challenge(signature, publicKeyX, message)
      if (e === 0n || toScalar(publicKeyX) === ORDER)
        return edge.verifySchnorr(publicKeyX, signature, message)
      const point = combine(addon, publicKeyX, s, e)
      if (point[0] !== 2) return false
      for (let i = 0; i < 32; i++) if (point[i + 1] !== signature[i]) return false
      return true
    },
    tweakPublicKey: (internalKeyX, tweak) => addon.publicKeyTweakAdd(liftX(internalKeyX), tweak, true),
  }
}

/**
 * The signature with the lower of its two possible s, as the addon wants it. Half the order of the curve begins with
 * the byte 7f, so what is below that need not be asked about.
 */
function withLowS(addon: Addon, signature: Uint8Array): Uint8Array {
  return signature[32]! < 0x7f ? signature : addon.signatureNormalize(signature.slice())
}

/** Throws where no prebuilt addon fits the machine. */
export function loadAddon(): Addon {
  return createRequire(import.meta.url)('secp256k1/bindings.js') as Addon
}

/**
 * s·G − e·P, compressed, where P is the point with the given x and an even y: what a Schnorr signature is about, by a
 * library that knows ECDSA only. ECDSA's recovery computes (S·K − M·G) ÷ k from a point K with x = k, a number S and a
 * message M: K = P, k = x(P), S = −e·k and M = −s·k make it this very point, at the price of one verification.
 * k is given modulo n, with a mark when x(P) is not below n. `s` is below n; neither `e` nor k may be 0 modulo n.
 * Throws when there is no such P and when the sum is the point at infinity.
 */
export function combine(addon: Addon, x: Uint8Array, s: bigint, e: bigint): Uint8Array {
  const k = toScalar(x)
  const signature = new Uint8Array(64)
  putScalar(signature, 0, k % ORDER)
  putScalar(signature, 32, ORDER - ((e * k) % ORDER))
  const message = new Uint8Array(32)
  putScalar(message, 0, s === 0n ? 0n : ORDER - ((s * k) % ORDER))
  return addon.ecdsaRecover(signature, k < ORDER ? 0 : 2, message, true, new Uint8Array(33))
}

/** [BIP340 §Verification] */
function challenge(signature: Uint8Array, publicKeyX: Uint8Array, message: Uint8Array): bigint {
  const preimage = new Uint8Array(64 + message.length)
  preimage.set(signature.subarray(0, 32))
  preimage.set(publicKeyX, 32)
  preimage.set(message, 64)
  return toScalar(nodeHasher.taggedHash('BIP0340/challenge', preimage)) % ORDER
}

/** The point with this x and an even y, compressed. */
function liftX(x: Uint8Array): Uint8Array {
  const key = new Uint8Array(33)
  key[0] = 2
  key.set(x, 1)
  return key
}
