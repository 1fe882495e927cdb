import { ByteWriter, compactSizeLength, equalBytes } from '../wire/index.ts'
import { FLAG } from './flags.ts'
import type { InputChecker } from './input-checker.ts'
import { runScript } from './interpreter.ts'
import { ELEMENT_BYTES_MAX, STACK_ELEMENTS_MAX, WEIGHT_ALLOWANCE } from './limits.ts'
import { Machine, SIG_VERSION, type SigVersion, type TapscriptState } from './machine.ts'
import { isSuccess, OP } from './opcodes.ts'
import { ERROR, OK, type ScriptError } from './script-error.ts'
import { isTrue } from './script-number.ts'
import { ScriptWalk } from './script-walk.ts'
import { isCommitted, isControlSize, leafHash } from './taproot-commitment.ts'

const ANNEX_TAG = 0x50
const LEAF_VERSION_MASK = 0xfe
const LEAF_TAPSCRIPT = 0xc0

type Witness = readonly Uint8Array[]

/** Judges a spend of a witness program, bare or inside P2SH. [BIP141, BIP341; Core VerifyWitnessProgram] */
export function verifyWitnessProgram(
  version: number,
  program: Uint8Array,
  witness: Witness,
  isNested: boolean,
  flags: number,
  checker: InputChecker,
): ScriptError {
  if (version === 0) return verifyVersion0(program, witness, flags, checker)
  if (version === 1 && program.length === 32 && !isNested)
    return (flags & FLAG.TAPROOT) === 0 ? OK : verifyTaproot(program, witness, flags, checker)
  if (isPayToAnchor(version, program) && !isNested) return OK
  return (flags & FLAG.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM) === 0
    ? OK
    : ERROR.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM
}

/** The program that anyone may spend to add a fee. [BIP433] */
function isPayToAnchor(version: number, program: Uint8Array): boolean {
  return version === 1 && program.length === 2 && program[0] === 0x4e && program[1] === 0x73
}

function verifyVersion0(
  program: Uint8Array,
  witness: Witness,
  flags: number,
  checker: InputChecker,
): ScriptError {
  if (program.length === 20) {
    if (witness.length !== 2) return ERROR.WITNESS_PROGRAM_MISMATCH
    return runWitnessScript(keyHashScript(program), witness, flags, SIG_VERSION.WITNESS_V0, checker)
  }
  if (program.length !== 32) return ERROR.WITNESS_PROGRAM_WRONG_LENGTH
  const script = witness.at(-1)
  if (script === undefined) return ERROR.WITNESS_PROGRAM_WITNESS_EMPTY
  if (!equalBytes(checker.digests.crypto.sha256(script), program)) return ERROR.WITNESS_PROGRAM_MISMATCH
  return runWitnessScript(script, witness.slice(0, -1), flags, SIG_VERSION.WITNESS_V0, checker)
}

/** DUP HASH160 <program> EQUALVERIFY CHECKSIG, without the program. */
const KEY_HASH_SCRIPT = new Uint8Array(25)
KEY_HASH_SCRIPT.set([OP.DUP, OP.HASH160, 20])
KEY_HASH_SCRIPT.set([OP.EQUALVERIFY, OP.CHECKSIG], 23)

function keyHashScript(program: Uint8Array): Uint8Array {
  const script = KEY_HASH_SCRIPT.slice()
  script.set(program, 3)
  return script
}

/** [BIP341 §Script validation rules] */
function verifyTaproot(
  outputKeyX: Uint8Array,
  witness: Witness,
  flags: number,
  checker: InputChecker,
): ScriptError {
  if (witness.length === 0) return ERROR.WITNESS_PROGRAM_WITNESS_EMPTY
  const { crypto } = checker.digests
  const last = witness.at(-1)!
  const annex = witness.length >= 2 && last[0] === ANNEX_TAG ? last : undefined
  const annexHash = annex && crypto.sha256(new ByteWriter(annex.length + 5).putVariable(annex).view())
  const stack = annex === undefined ? witness : witness.slice(0, -1)
  if (stack.length === 1) return checker.checkSchnorr(stack[0]!, outputKeyX, { annexHash })

  const control = stack.at(-1)!
  const script = stack.at(-2)!
  if (!isControlSize(control.length)) return ERROR.TAPROOT_WRONG_CONTROL_SIZE
  const leafVersion = control[0]! & LEAF_VERSION_MASK
  const leaf = leafHash(leafVersion, script, crypto)
  if (!isCommitted(outputKeyX, control, leaf, crypto)) return ERROR.WITNESS_PROGRAM_MISMATCH
  if (leafVersion !== LEAF_TAPSCRIPT)
    return (flags & FLAG.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION) === 0
      ? OK
      : ERROR.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION
  const state: TapscriptState = {
    leaf: { leafHash: leaf, codeSeparatorAt: 0xffffffff },
    annexHash,
    weightLeft: serializedSize(witness) + WEIGHT_ALLOWANCE,
  }
  return runTapscript(script, stack.slice(0, -2), flags, checker, state)
}

/** An OP_SUCCESS anywhere before a truncated push overrides every other rule. [BIP342 §Execution] */
function runTapscript(
  script: Uint8Array,
  stack: Witness,
  flags: number,
  checker: InputChecker,
  state: TapscriptState,
): ScriptError {
  const walk = new ScriptWalk(script)
  while (walk.next())
    if (isSuccess(walk.opcode))
      return (flags & FLAG.DISCOURAGE_OP_SUCCESS) === 0 ? OK : ERROR.DISCOURAGE_OP_SUCCESS
  if (walk.truncated) return ERROR.BAD_OPCODE
  if (stack.length > STACK_ELEMENTS_MAX) return ERROR.STACK_SIZE
  return runWitnessScript(script, stack, flags, SIG_VERSION.TAPSCRIPT, checker, state)
}

/** Runs a script on what the witness gives it; exactly one true element must remain. */
function runWitnessScript(
  script: Uint8Array,
  elements: Witness,
  flags: number,
  version: SigVersion,
  checker: InputChecker,
  state?: TapscriptState,
): ScriptError {
  if (elements.some((element) => element.length > ELEMENT_BYTES_MAX)) return ERROR.PUSH_SIZE
  const machine = new Machine(script, [...elements], flags, version, checker, state)
  const error = runScript(machine)
  if (error !== OK) return error
  if (machine.stack.length !== 1) return ERROR.CLEANSTACK
  return isTrue(machine.peek(0)) ? OK : ERROR.EVAL_FALSE
}

/** Bytes of a witness as serialized, its count included. */
function serializedSize(witness: Witness): number {
  let size = compactSizeLength(witness.length)
  for (const item of witness) size += compactSizeLength(item.length) + item.length
  return size
}
