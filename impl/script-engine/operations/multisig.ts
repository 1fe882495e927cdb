import { FLAG } from '../flags.ts'
import { COUNTED_OPCODES_MAX, MULTISIG_KEYS_MAX } from '../limits.ts'
import { type Machine, SIG_VERSION } from '../machine.ts'
import { ERROR, OK, type ScriptError } from '../script-error.ts'
import { decodeNumber, isTrue, NOT_A_NUMBER } from '../script-number.ts'
import { checkPublicKeyEncoding, checkSignatureEncoding } from '../signature-encoding.ts'
import { removeSignature } from './find-and-delete.ts'

/** Where the arguments of a multisignature lie, as depths below the top of the stack. */
interface Arguments {
  readonly keyCount: number
  readonly firstKey: number
  readonly signatureCount: number
  readonly firstSignature: number
  /** Elements without the dummy below them. */
  readonly length: number
}

/** ( dummy signatures… count keys… count -- truth ) [Core OP_CHECKMULTISIG] */
export function checkMultisig(machine: Machine): ScriptError {
  if (machine.version === SIG_VERSION.TAPSCRIPT) return ERROR.TAPSCRIPT_CHECKMULTISIG
  const found = findArguments(machine)
  if (typeof found === 'number') return found
  const code = signedCode(machine, found)
  if (code === undefined) return ERROR.SIG_FINDANDDELETE
  const isValid = judge(machine, found, code)
  if (typeof isValid === 'number') return isValid
  if (!isValid && machine.has(FLAG.NULLFAIL) && hasSignature(machine, found)) return ERROR.NULLFAIL
  machine.drop(found.length)
  if (machine.has(FLAG.NULLDUMMY) && machine.peek(0).length > 0) return ERROR.SIG_NULLDUMMY
  machine.drop(1)
  machine.pushTruth(isValid)
  return OK
}

export function checkMultisigVerify(machine: Machine): ScriptError {
  const error = checkMultisig(machine)
  if (error !== OK) return error
  if (!isTrue(machine.peek(0))) return ERROR.CHECKMULTISIGVERIFY
  machine.drop(1)
  return OK
}

function findArguments(machine: Machine): Arguments | ScriptError {
  const { stack } = machine
  const minimal = machine.has(FLAG.MINIMALDATA)
  if (stack.length < 1) return ERROR.INVALID_STACK_OPERATION
  const keyCount = decodeNumber(machine.peek(0), minimal)
  if (keyCount === NOT_A_NUMBER) return ERROR.SCRIPTNUM
  if (keyCount < 0 || keyCount > MULTISIG_KEYS_MAX) return ERROR.PUBKEY_COUNT
  machine.countedOpcodes += keyCount
  if (machine.countedOpcodes > COUNTED_OPCODES_MAX) return ERROR.OP_COUNT
  if (stack.length < keyCount + 2) return ERROR.INVALID_STACK_OPERATION
  const signatureCount = decodeNumber(machine.peek(keyCount + 1), minimal)
  if (signatureCount === NOT_A_NUMBER) return ERROR.SCRIPTNUM
  if (signatureCount < 0 || signatureCount > keyCount) return ERROR.SIG_COUNT
  const length = keyCount + signatureCount + 2
  // The dummy below them has to be there before any signature is looked at.
  if (stack.length < length + 1) return ERROR.INVALID_STACK_OPERATION
  return { keyCount, firstKey: 1, signatureCount, firstSignature: keyCount + 2, length }
}

/** The script that is signed; undefined when a signature in it may not be removed. */
function signedCode(machine: Machine, { signatureCount, firstSignature }: Arguments): Uint8Array | undefined {
  let code = machine.script.subarray(machine.codeStart)
  if (machine.version !== SIG_VERSION.BASE) return code
  for (let i = 0; i < signatureCount; i++) {
    const without = removeSignature(code, machine.peek(firstSignature + i))
    if (without !== code && machine.has(FLAG.CONST_SCRIPTCODE)) return undefined
    code = without
  }
  return code
}

/** Matches signatures to keys, both from the top down; each key serves at most one signature. */
function judge(machine: Machine, found: Arguments, code: Uint8Array): boolean | ScriptError {
  const inWitness = machine.version === SIG_VERSION.WITNESS_V0
  let { firstSignature: signatureAt, firstKey: keyAt, signatureCount: unmatched, keyCount: keysLeft } = found
  while (unmatched > 0) {
    const signature = machine.peek(signatureAt)
    const key = machine.peek(keyAt)
    const error =
      checkSignatureEncoding(signature, machine.flags) ||
      checkPublicKeyEncoding(key, machine.flags, inWitness)
    if (error !== OK) return error
    if (machine.checker.checkEcdsa(signature, key, code, inWitness)) {
      signatureAt++
      unmatched--
    }
    keyAt++
    keysLeft--
    if (unmatched > keysLeft) return false
  }
  return true
}

function hasSignature(machine: Machine, { signatureCount, firstSignature }: Arguments): boolean {
  for (let i = 0; i < signatureCount; i++) if (machine.peek(firstSignature + i).length > 0) return true
  return false
}
