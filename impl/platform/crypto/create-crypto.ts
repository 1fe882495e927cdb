import type { Crypto } from '../../script-engine/index.ts'
import type { Curve } from './curve.ts'
import { nodeHasher } from './hasher.ts'

/** The crypto port over a curve library: admits hybrid keys, and nothing throws. */
export function createCrypto(curve: Curve): Crypto {
  return {
    ...nodeHasher,
    verifyEcdsa: (publicKey, signature, message) => {
      if (signature.length !== 64 || message.length !== 32) return false
      const plain = plainKey(publicKey)
      return plain !== undefined && settle(() => curve.verifyEcdsa(plain, signature, message), false)
    },
    verifySchnorr: (publicKeyX, signature, message) =>
      publicKeyX.length === 32 &&
      signature.length === 64 &&
      settle(() => curve.verifySchnorr(publicKeyX, signature, message), false),
    tweakPublicKey: (internalKeyX, tweak) =>
      internalKeyX.length === 32 && tweak.length === 32
        ? settle(() => curve.tweakPublicKey(internalKeyX, tweak), undefined)
        : undefined,
  }
}

function settle<Answer>(ask: () => Answer, refusal: Answer): Answer {
  try {
    return ask()
  } catch {
    return refusal
  }
}

/**
 * The key in a form that every library reads: a hybrid key (06 even, 07 odd) says twice whether y is odd and must not
 * contradict itself; it then becomes a whole key (04). Undefined for what is no key. [SEC 1 §2.3.4, X9.62]
 */
function plainKey(key: Uint8Array): Uint8Array | undefined {
  const kind = key[0]
  if (key.length === 33) return kind === 2 || kind === 3 ? key : undefined
  if (key.length !== 65) return undefined
  if (kind === 4) return key
  if (kind !== 6 && kind !== 7) return undefined
  if ((key[64]! & 1) !== (kind & 1)) return undefined
  const whole = key.slice()
  whole[0] = 4
  return whole
}
