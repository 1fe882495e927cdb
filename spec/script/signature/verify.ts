import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { numberToBytesBE } from '@noble/curves/utils.js'
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js'
import { isInRange, parseLaxDer } from './der.ts'
import { parsePublicKey } from './public-key.ts'

/**
 * Whether an ECDSA signature, hash type taken off, signs a 32-byte hash: leniently parsed, high S allowed, any
 * public key that consensus accepts; whatever cannot be read is false. [Core CPubKey::Verify]
 */
export const verifyEcdsa = remembered((publicKey, hash, signature) => {
  const numbers = parseLaxDer(signature)
  const point = parsePublicKey(publicKey)
  if (numbers === undefined || point === undefined) return false
  if (!isInRange(numbers) || numbers.r === 0n || numbers.s === 0n) return false
  const compact = concatBytes(numberToBytesBE(numbers.r, 32), numberToBytesBE(numbers.s, 32))
  return secp256k1.verify(compact, hash, point.toBytes(), { prehash: false, lowS: false, format: 'compact' })
})

/** Whether a 64-byte signature signs a message of any length under a 32-byte key. [BIP340 §Verification] */
export const verifySchnorr = remembered((publicKey, message, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  return schnorr.verify(signature, message, publicKey)
})

type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

const ANSWERS_MAX = 20_000

/** A pure function remembers what it has said, and starts afresh when that grows too long. */
function remembered(verify: Verify): Verify {
  const answers = new Map<string, boolean>()
  return (publicKey, message, signature) => {
    const question = [publicKey, message, signature].map(bytesToHex).join()
    const known = answers.get(question)
    if (known !== undefined) return known
    if (answers.size >= ANSWERS_MAX) answers.clear()
    const answer = verify(publicKey, message, signature)
    answers.set(question, answer)
    return answer
  }
}
