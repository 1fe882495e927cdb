import { fail } from '../errors.ts'
import type { ScriptContext } from '../machine.ts'
import { taprootSignatureHash } from '../sighash/taproot.ts'
import { verifySchnorr } from './verify.ts'

const SIGNATURE_BYTES = 64

/** Fails the script unless the signature, of 64 bytes or 65 with a hash type that is not the default, signs this input. [BIP341 §Taproot key path spending signature validation] */
export function requireSchnorrSignature(
  signature: Uint8Array,
  publicKey: Uint8Array,
  context: ScriptContext,
  codeSeparatorPosition?: number,
): void {
  if (signature.length !== SIGNATURE_BYTES && signature.length !== SIGNATURE_BYTES + 1)
    fail('SCHNORR_SIG_SIZE')
  const explicitHashType = signature[SIGNATURE_BYTES]
  if (explicitHashType === 0) fail('SCHNORR_SIG_HASHTYPE')
  const { transaction, inputIndex, spentOutputs, taproot } = context
  const hash = taprootSignatureHash({
    transaction,
    inputIndex,
    spentOutputs,
    hashType: explicitHashType ?? 0,
    annexHash: taproot?.annexHash,
    ...(codeSeparatorPosition !== undefined && {
      tapscript: { leafHash: taproot!.leaf!.hash, codeSeparatorPosition, keyVersion: 0 },
    }),
  })
  if (hash === undefined) fail('SCHNORR_SIG_HASHTYPE')
  else if (!verifySchnorr(publicKey, hash, signature.subarray(0, SIGNATURE_BYTES))) fail('SCHNORR_SIG')
}
