import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import type { Signer } from '../../rpc/index.ts'
import { ORDER, putScalar, toScalar } from './scalars.ts'

/** noble signs: an operator's few signatures need no speed. */
export const signer: Signer = {
  publicKey: (secret, isCompressed) => secp256k1.getPublicKey(secret, isCompressed),
  signEcdsa: (secret, hash) => {
    const grind = new Uint8Array(32)
    for (let count = 0; ; count++) {
      new DataView(grind.buffer).setUint32(0, count, true)
      const entropy = count === 0 ? {} : { extraEntropy: grind }
      const signature = secp256k1.sign(hash, secret, { prehash: false, lowS: true, ...entropy })
      if (signature[0]! < 0x80) return signature
    }
  },
  signRecoverable: (secret, hash) => {
    const signature = secp256k1.sign(hash, secret, { prehash: false, lowS: true, format: 'recovered' })
    return { recovery: signature[0]!, compact: signature.subarray(1) }
  },
  recover: (compact, recovery, hash, isCompressed) => {
    try {
      return secp256k1.Signature.fromBytes(compact, 'compact')
        .addRecoveryBit(recovery)
        .recoverPublicKey(hash)
        .toBytes(isCompressed)
    } catch {
      return undefined
    }
  },
  signSchnorr: (secret, hash) => schnorr.sign(hash, secret, new Uint8Array(32)),
  tweakSecret: (secret, tweak) => {
    const isEven = secp256k1.getPublicKey(secret, true)[0] === 2
    const even = isEven ? toScalar(secret) : ORDER - toScalar(secret)
    const tweaked = new Uint8Array(32)
    putScalar(tweaked, 0, (even + toScalar(tweak)) % ORDER)
    return tweaked
  },
}
