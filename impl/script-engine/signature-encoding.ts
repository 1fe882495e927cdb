import { isLowS, isStrictDer, parseLaxDer } from './der.ts'
import { FLAG } from './flags.ts'
import { ERROR, OK, type ScriptError } from './script-error.ts'

/** Whether the flags admit the form of this ECDSA signature, its hash type included. [Core CheckSignatureEncoding] */
export function checkSignatureEncoding(signature: Uint8Array, flags: number): ScriptError {
  if (signature.length === 0) return OK
  if ((flags & (FLAG.DERSIG | FLAG.LOW_S | FLAG.STRICTENC)) === 0) return OK
  if (!isStrictDer(signature)) return ERROR.SIG_DER
  if ((flags & FLAG.LOW_S) !== 0 && !isLowS(parseLaxDer(signature.subarray(0, -1))!)) return ERROR.SIG_HIGH_S
  if ((flags & FLAG.STRICTENC) !== 0 && !isDefinedHashType(signature[signature.length - 1]!))
    return ERROR.SIG_HASHTYPE
  return OK
}

/** ALL, NONE or SINGLE, each with or without ANYONECANPAY. */
function isDefinedHashType(hashType: number): boolean {
  const base = hashType & 0x7f
  return base >= 1 && base <= 3
}

/** Whether the flags admit the form of this ECDSA key. [Core CheckPubKeyEncoding] */
export function checkPublicKeyEncoding(key: Uint8Array, flags: number, inWitness: boolean): ScriptError {
  if ((flags & FLAG.STRICTENC) !== 0 && !isCompressed(key) && !isUncompressed(key)) return ERROR.PUBKEYTYPE
  if (inWitness && (flags & FLAG.WITNESS_PUBKEYTYPE) !== 0 && !isCompressed(key))
    return ERROR.WITNESS_PUBKEYTYPE
  return OK
}

function isCompressed(key: Uint8Array): boolean {
  return key.length === 33 && (key[0] === 2 || key[0] === 3)
}

function isUncompressed(key: Uint8Array): boolean {
  return key.length === 65 && key[0] === 4
}
