import { constrain } from '../constraints.ts'
import type { ScriptContext } from '../machine.ts'
import { legacySignatureHash } from '../sighash/legacy.ts'
import { witnessV0SignatureHash } from '../sighash/witness-v0.ts'
import { verifyEcdsa } from './verify.ts'

/** Whether a signature, its last byte the hash type, signs this input for a key; encodings that are not allowed fail the script. An empty signature is simply no signature. */
export function checkEcdsaSignature(
  signature: Uint8Array,
  publicKey: Uint8Array,
  scriptCode: Uint8Array,
  context: ScriptContext,
): boolean {
  if (signature.length > 0) constrain('signatureEncoding', signature, context)
  constrain('publicKeyEncoding', publicKey, context)
  const hashType = signature.at(-1)
  if (hashType === undefined) return false
  return verifyEcdsa(publicKey, signatureHash(scriptCode, hashType, context), signature.subarray(0, -1))
}

function signatureHash(scriptCode: Uint8Array, hashType: number, context: ScriptContext): Uint8Array {
  const { transaction, inputIndex, spentOutputs, sigVersion } = context
  if (sigVersion === 'legacy') return legacySignatureHash(transaction, inputIndex, scriptCode, hashType)
  const { value } = spentOutputs[inputIndex]!
  return witnessV0SignatureHash(transaction, inputIndex, scriptCode, hashType, value)
}
