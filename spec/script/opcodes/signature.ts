import { constrain } from '../constraints.ts'
import { fail } from '../errors.ts'
import type { Machine, Opcode } from '../machine.ts'
import { encodeBoolean, encodeNumber } from '../number.ts'
import { checkEcdsaSignature } from '../signature/check-ecdsa.ts'
import { checkTapscriptSignature } from '../signature/check-tapscript.ts'
import { scriptCodeWithout } from '../signature/script-code.ts'
import { verifying } from './kinds.ts'
import { readNumber } from './numbers.ts'

const checkSignature: Opcode = {
  code: 0xac,
  name: 'OP_CHECKSIG',
  execute(machine) {
    const [signature, publicKey] = machine.stack.take(2)
    machine.stack.push(encodeBoolean(isSigned(machine, signature!, publicKey!)))
  },
}

/** Opcodes about one signature. */
export const signatureOpcodes: readonly Opcode[] = [
  { code: 0xab, name: 'OP_CODESEPARATOR', execute: beginScriptCode },
  checkSignature,
  verifying(0xad, 'OP_CHECKSIGVERIFY', checkSignature, 'CHECKSIGVERIFY'),
  { code: 0xba, name: 'OP_CHECKSIGADD', execute: addSignature },
]

/** Signatures checked from here on commit to what follows only. */
function beginScriptCode(machine: Machine): void {
  machine.scriptCodeOffset = machine.nextOffset
  machine.codeSeparatorPosition = machine.position
}

/** ( signature n publicKey -- n+1 or n ): counts valid signatures; only tapscript knows it. [BIP342 §Specification] */
function addSignature(machine: Machine): void {
  if (machine.context.sigVersion !== 'tapscript') fail('BAD_OPCODE')
  const [signature, count, publicKey] = machine.stack.take(3)
  const before = readNumber(count!, machine.context)
  machine.stack.push(encodeNumber(before + (isSigned(machine, signature!, publicKey!) ? 1 : 0)))
}

function isSigned(machine: Machine, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const { context } = machine
  if (context.sigVersion === 'tapscript') return checkTapscriptSignature(machine, signature, publicKey)
  const isValid = checkEcdsaSignature(signature, publicKey, scriptCodeWithout([signature], machine), context)
  if (!isValid && signature.length > 0) constrain('failedSignature', signature, context)
  return isValid
}
