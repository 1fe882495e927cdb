import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import type { Curve } from './curve.ts'
import { ORDER, toScalar } from './scalars.ts'

/** noble's curve in JavaScript: slow, and there wherever JavaScript is. */
export const pureCurve: Curve = {
  title: 'noble, JavaScript',
  verifyEcdsa: (publicKey, signature, message) =>
    secp256k1.verify(signature, message, publicKey, { prehash: false, lowS: false, format: 'compact' }),
  verifySchnorr: (publicKeyX, signature, message) => schnorr.verify(signature, message, publicKeyX),
  tweakPublicKey: (internalKeyX, tweak) => {
    const t = toScalar(tweak)
    if (t >= ORDER) return undefined
    const internalKey = schnorr.utils.lift_x(toScalar(internalKeyX))
    const tweaked = internalKey.add(secp256k1.Point.BASE.multiplyUnsafe(t))
    return tweaked.is0() ? undefined : tweaked.toBytes(true)
  },
}
