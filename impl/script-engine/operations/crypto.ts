import type { Hasher } from '../../wire/index.ts'
import { FLAG } from '../flags.ts'
import { WEIGHT_PER_SIGNATURE_CHECK } from '../limits.ts'
import { type Machine, type Operation, type Operations, SIG_VERSION } from '../machine.ts'
import { OP } from '../opcodes.ts'
import { ERROR, OK, type ScriptError } from '../script-error.ts'
import { decodeNumber, NOT_A_NUMBER } from '../script-number.ts'
import { checkPublicKeyEncoding, checkSignatureEncoding } from '../signature-encoding.ts'
import { removeSignature } from './find-and-delete.ts'
import { checkMultisig, checkMultisigVerify } from './multisig.ts'

export const CRYPTO_OPERATIONS: Operations = {
  [OP.RIPEMD160]: hashing((hasher, data) => hasher.ripemd160(data)),
  [OP.SHA1]: hashing((hasher, data) => hasher.sha1(data)),
  [OP.SHA256]: hashing((hasher, data) => hasher.sha256(data)),
  [OP.HASH160]: hashing((hasher, data) => hasher.hash160(data)),
  [OP.HASH256]: hashing((hasher, data) => hasher.hash256(data)),
  [OP.CODESEPARATOR]: (machine) => {
    machine.codeStart = machine.walk.offset
    if (machine.tapscript !== undefined) machine.tapscript.leaf.codeSeparatorAt = machine.position
    return OK
  },
  [OP.CHECKSIG]: checkSig,
  [OP.CHECKSIGVERIFY]: checkSig,
  [OP.CHECKSIGADD]: checkSigAdd,
  [OP.CHECKMULTISIG]: checkMultisig,
  [OP.CHECKMULTISIGVERIFY]: checkMultisigVerify,
}

function hashing(hash: (hasher: Hasher, data: Uint8Array) => Uint8Array): Operation {
  return (machine) => {
    const data = machine.stack.pop()
    if (data === undefined) return ERROR.INVALID_STACK_OPERATION
    machine.push(hash(machine.checker.digests.crypto, data))
    return OK
  }
}

/** ( signature key -- truth ), or nothing and a failure where VERIFY is asked. */
function checkSig(machine: Machine, opcode: number): ScriptError {
  if (machine.stack.length < 2) return ERROR.INVALID_STACK_OPERATION
  const isValid = judgeSignature(machine, machine.peek(1), machine.peek(0))
  if (typeof isValid === 'number') return isValid
  machine.drop(2)
  if (opcode === OP.CHECKSIG) machine.pushTruth(isValid)
  else if (!isValid) return ERROR.CHECKSIGVERIFY
  return OK
}

/** ( signature number key -- number + truth ) [BIP342] */
function checkSigAdd(machine: Machine): ScriptError {
  if (machine.version !== SIG_VERSION.TAPSCRIPT) return ERROR.BAD_OPCODE
  if (machine.stack.length < 3) return ERROR.INVALID_STACK_OPERATION
  const count = decodeNumber(machine.peek(1), machine.has(FLAG.MINIMALDATA))
  if (count === NOT_A_NUMBER) return ERROR.SCRIPTNUM
  const isValid = judgeSignature(machine, machine.peek(2), machine.peek(0))
  if (typeof isValid === 'number') return isValid
  machine.drop(3)
  machine.pushNumber(count + (isValid ? 1 : 0))
  return OK
}

/** Whether the signature is right, or the error that ends the script. */
function judgeSignature(machine: Machine, signature: Uint8Array, key: Uint8Array): boolean | ScriptError {
  return machine.version === SIG_VERSION.TAPSCRIPT
    ? judgeSchnorr(machine, signature, key)
    : judgeEcdsa(machine, signature, key)
}

function judgeEcdsa(machine: Machine, signature: Uint8Array, key: Uint8Array): boolean | ScriptError {
  const inWitness = machine.version === SIG_VERSION.WITNESS_V0
  let code = machine.script.subarray(machine.codeStart)
  if (!inWitness) {
    const without = removeSignature(code, signature)
    if (without !== code && machine.has(FLAG.CONST_SCRIPTCODE)) return ERROR.SIG_FINDANDDELETE
    code = without
  }
  const error =
    checkSignatureEncoding(signature, machine.flags) || checkPublicKeyEncoding(key, machine.flags, inWitness)
  if (error !== OK) return error
  if (machine.checker.checkEcdsa(signature, key, code, inWitness)) return true
  return machine.has(FLAG.NULLFAIL) && signature.length > 0 ? ERROR.NULLFAIL : false
}

/** [BIP342 §Rules for signature opcodes] */
function judgeSchnorr(machine: Machine, signature: Uint8Array, key: Uint8Array): boolean | ScriptError {
  const state = machine.tapscript!
  const isSigned = signature.length > 0
  if (isSigned) {
    state.weightLeft -= WEIGHT_PER_SIGNATURE_CHECK
    if (state.weightLeft < 0) return ERROR.TAPSCRIPT_VALIDATION_WEIGHT
  }
  if (key.length === 0) return ERROR.TAPSCRIPT_EMPTY_PUBKEY
  if (key.length !== 32)
    return machine.has(FLAG.DISCOURAGE_UPGRADABLE_PUBKEYTYPE)
      ? ERROR.DISCOURAGE_UPGRADABLE_PUBKEYTYPE
      : isSigned
  if (!isSigned) return false
  const error = machine.checker.checkSchnorr(signature, key, state)
  return error === OK ? true : error
}
