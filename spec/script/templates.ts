import { OP_0, OP_1, OP_16, OP_RETURN } from './instruction.ts'
import { SCRIPT_BYTES_MAX } from './limits.ts'

const OP_HASH160 = 0xa9
const OP_EQUAL = 0x87

/** A version and the bytes it gives a meaning to. [BIP141 §Witness program] */
export interface WitnessProgram {
  readonly version: number
  readonly program: Uint8Array
}

/** The witness program that an output script is, if it is one: a version opcode and one push of 2 to 40 bytes. [BIP141] */
export function witnessProgram(script: Uint8Array): WitnessProgram | undefined {
  const [versionCode, length] = script
  if (versionCode === undefined || length === undefined || script.length !== length + 2) return undefined
  if (length < 2 || length > 40) return undefined
  if (versionCode !== OP_0 && (versionCode < OP_1 || versionCode > OP_16)) return undefined
  return { version: versionCode === OP_0 ? 0 : versionCode - OP_1 + 1, program: script.subarray(2) }
}

/** Whether an output script is a witness program of any version. [BIP141] */
export function isWitnessProgram(script: Uint8Array): boolean {
  return witnessProgram(script) !== undefined
}

/** Whether an output script is exactly OP_HASH160, a push of 20 bytes, OP_EQUAL. [BIP16] */
export function isPayToScriptHash(script: Uint8Array): boolean {
  return script.length === 23 && script[0] === OP_HASH160 && script[1] === 20 && script[22] === OP_EQUAL
}

/** Whether a program is the anchor that anyone may spend without a witness. [Core CScript::IsPayToAnchor] */
export function isPayToAnchor({ version, program }: WitnessProgram): boolean {
  return version === 1 && program.length === 2 && program[0] === 0x4e && program[1] === 0x73
}

/** Whether no input can ever spend an output with this script, so that no coin is kept for it. [Core CScript::IsUnspendable] */
export function isUnspendable(script: Uint8Array): boolean {
  return script[0] === OP_RETURN || script.length > SCRIPT_BYTES_MAX
}
