/** The language: every opcode, family by family. Data is pushed by codes 0 to 78 (0x00–0x4e), which the machine reads itself. */
import type { Opcode, ScriptContext } from '../machine.ts'
import { arithmeticOpcodes } from './arithmetic.ts'
import { controlOpcodes } from './control.ts'
import { equalityOpcodes } from './equality.ts'
import { hashingOpcodes } from './hashing.ts'
import { failing } from './kinds.ts'
import { lockTimeOpcodes } from './lock-time.ts'
import { multisigOpcodes } from './multisig.ts'
import { pushOpcodes } from './push.ts'
import { reservedOpcodes } from './reserved.ts'
import { signatureOpcodes } from './signature.ts'
import { stackOpcodes } from './stack.ts'
import { isOpSuccess } from './success.ts'

/** Opcodes by code. */
export const OPCODES: ReadonlyMap<number, Opcode> = new Map(
  [
    ...pushOpcodes, //       4f–60  -1, 1 … 16
    ...controlOpcodes, //    61–6a  IF, VERIFY, RETURN
    ...stackOpcodes, //      6b–82  DUP, SWAP, PICK, SIZE
    ...equalityOpcodes, //   87–88
    ...arithmeticOpcodes, // 8b–a5  ADD, LESSTHAN, WITHIN
    ...hashingOpcodes, //    a6–aa
    ...signatureOpcodes, //  ab–ad, ba
    ...multisigOpcodes, //   ae–af
    ...lockTimeOpcodes, //   b1–b2
    ...reservedOpcodes, //   50, 62, disabled ones, NOPs
  ].map((opcode) => [opcode.code, opcode]),
)

/** What a code means under the features that are on; codes without a meaning fail when executed. */
export function opcodeFor(code: number, context: ScriptContext): Opcode {
  const shunned = shunnedAt(code, context)
  if (shunned !== undefined) return failing(code, shunned.name, `DISCOURAGE_${shunned.feature}`)
  const extended = extensionAt(code, context)
  if (extended !== undefined) return { ...extended, code }
  return OPCODES.get(code) ?? failing(code, 'OP_INVALIDOPCODE', 'BAD_OPCODE')
}

/** Whether a code still ends a tapscript in success: an upgrade that is switched on takes its code out. */
export function endsInSuccess(code: number, context: ScriptContext): boolean {
  return isOpSuccess(code) && extensionAt(code, context) === undefined
}

function extensionAt(code: number, { extension, features, sigVersion }: ScriptContext) {
  return extension.opcodes?.find(
    ({ slot, feature }) => features.has(feature) && isSlotOf(slot, code, sigVersion),
  )
}

/** A draft's NOP that policy asks to keep away from; what ends in success is looked for before a script runs. */
function shunnedAt(code: number, { extension, features, sigVersion }: ScriptContext) {
  return extension.opcodes?.find(
    ({ slot, feature }) => features.has(`DISCOURAGE_${feature}`) && isSlotOf(slot, code, sigVersion),
  )
}

function isSlotOf(slot: string, code: number, sigVersion: ScriptContext['sigVersion']): boolean {
  if (slot.startsWith('NOP')) return code === 0xaf + Number(slot.slice('NOP'.length))
  return sigVersion === 'tapscript' && code === Number(slot.slice('OP_SUCCESS'.length))
}
