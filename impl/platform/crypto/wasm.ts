import { createRequire } from 'node:module'
import type { Curve } from './curve.ts'

/**
 * libsecp256k1 compiled to WebAssembly, from the package `tiny-secp256k1`; throws where it does not load. `edge`
 * answers about Schnorr messages that are not hashes, which the package refuses.
 */
export function loadWasmCurve(edge: Curve): Curve {
  const require = createRequire(import.meta.url)
  const library = require('tiny-secp256k1') as typeof import('tiny-secp256k1')
  return {
    title: 'libsecp256k1, WebAssembly of the package tiny-secp256k1',
    verifyEcdsa: (publicKey, signature, message) => library.verify(message, publicKey, signature, false),
    verifySchnorr: (publicKeyX, signature, message) =>
      message.length === 32
        ? library.verifySchnorr(message, publicKeyX, signature)
        : edge.verifySchnorr(publicKeyX, signature, message),
    tweakPublicKey: (internalKeyX, tweak) => {
      const tweaked = library.xOnlyPointAddTweak(internalKeyX, tweak)
      if (tweaked === null) return undefined
      const key = new Uint8Array(33)
      key[0] = 2 + tweaked.parity
      key.set(tweaked.xOnlyPubkey, 1)
      return key
    },
  }
}
