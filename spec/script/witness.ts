import { equalBytes } from '@noble/curves/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, listOf, varBytes } from '../encoding/index.ts'
import { constrain, discourage } from './constraints.ts'
import type { ScriptErrorName } from './errors.ts'
import { attempt, fail, requireOk } from './errors.ts'
import { run } from './evaluate.ts'
import type { Feature } from './features.ts'
import { encodePush, instructions } from './instruction.ts'
import { ITEM_BYTES_MAX, STACK_ITEMS_MAX } from './limits.ts'
import type { ScriptContext } from './machine.ts'
import { isTrue } from './number.ts'
import { endsInSuccess } from './opcodes/index.ts'
import { requireSchnorrSignature } from './signature/check-schnorr.ts'
import { isCommittedLeaf, parseControlBlock, tapLeafHash } from './taproot.ts'
import type { WitnessProgram } from './templates.ts'
import { isPayToAnchor } from './templates.ts'

const KEY_HASH_BYTES = 20
const SCRIPT_HASH_BYTES = 32
const TAPROOT_KEY_BYTES = 32
const ANNEX_TAG = 0x50
const TAPSCRIPT_LEAF_VERSION = 0xc0

/** Judges the input's witness by the program that the output, or the script it is wrapped in, stands for. Versions without a meaning are satisfied by anything. [BIP141 §Witness program, Core VerifyWitnessProgram] */
export function verifyWitnessProgram(
  program: WitnessProgram,
  isWrapped: boolean,
  context: ScriptContext,
): void {
  const witness = context.transaction.inputs[context.inputIndex]!.witness
  constrain('witness', { program, isWrapped, witness }, context)
  if (program.version === 0) verifyVersion0(program.program, witness, context)
  else if (isTaproot(program) && !isWrapped) {
    if (context.features.has('TAPROOT')) verifyTaproot(program.program, witness, context)
  } else if (isWrapped || !isPayToAnchor(program)) verifyUnknownProgram(program, isWrapped, context)
}

/** Twenty bytes are a key's hash, thirty-two a script's; nothing else. [BIP141 §Witness program] */
function verifyVersion0(program: Uint8Array, witness: readonly Uint8Array[], context: ScriptContext): void {
  const v0: ScriptContext = { ...context, sigVersion: 'witness-v0' }
  if (program.length === SCRIPT_HASH_BYTES) {
    const script = witness.at(-1) ?? fail('WITNESS_PROGRAM_WITNESS_EMPTY')
    if (!equalBytes(sha256(script), program)) fail('WITNESS_PROGRAM_MISMATCH')
    runWitnessScript(script, witness.slice(0, -1), v0)
  } else if (program.length === KEY_HASH_BYTES) {
    if (witness.length !== 2) fail('WITNESS_PROGRAM_MISMATCH')
    runWitnessScript(payToKeyHash(program), witness, v0)
  } else fail('WITNESS_PROGRAM_WRONG_LENGTH')
}

/** One item signs with the output's key; more reveal a script of its tree. An annex may follow either. [BIP341 §Script validation rules] */
function verifyTaproot(outputKey: Uint8Array, witness: readonly Uint8Array[], context: ScriptContext): void {
  if (witness.length === 0) fail('WITNESS_PROGRAM_WITNESS_EMPTY')
  const annex = annexOf(witness)
  const annexHash = annex && sha256(encodeAll(varBytes, annex))
  const items = annex === undefined ? witness : witness.slice(0, -1)
  if (items.length > 1) verifyScriptPath(outputKey, items, witness, annexHash, context)
  else requireSchnorrSignature(items[0]!, outputKey, { ...context, taproot: { annexHash } })
}

/** The last item proves that the one before it is a script of the output's tree. */
function verifyScriptPath(
  outputKey: Uint8Array,
  items: readonly Uint8Array[],
  witness: readonly Uint8Array[],
  annexHash: Uint8Array | undefined,
  context: ScriptContext,
): void {
  const [script, controlBytes] = items.slice(-2) as [Uint8Array, Uint8Array]
  const control = parseControlBlock(controlBytes) ?? fail('TAPROOT_WRONG_CONTROL_SIZE')
  constrain('controlBlock', controlBytes, context)
  const version = control.leafVersion
  const hash = tapLeafHash(version, script)
  if (!isCommittedLeaf(outputKey, hash, control)) fail('WITNESS_PROGRAM_MISMATCH')
  const witnessSize = encodeAll(listOf(varBytes), witness).length
  const leaf = { version, script, hash, internalKey: control.internalKey, witnessSize }
  verifyLeaf(items.slice(0, -2), { ...context, taproot: { annexHash, leaf } })
}

function annexOf(witness: readonly Uint8Array[]): Uint8Array | undefined {
  const last = witness.at(-1)
  return witness.length >= 2 && last?.[0] === ANNEX_TAG ? last : undefined
}

/** How the leaf in `context.taproot` is judged, given the witness items before it: for programs of later versions whose trees hold the same leaves. */
export function judgeLeaf(stack: readonly Uint8Array[], context: ScriptContext): ScriptErrorName {
  return attempt(() => verifyLeaf(stack, context))
}

/** Leaf version c0 is tapscript; others are left to upgrades. [BIP342] */
function verifyLeaf(stack: readonly Uint8Array[], context: ScriptContext): void {
  const { version, script } = context.taproot!.leaf!
  const upgrade = context.extension.leafVersions?.find(
    (known) => known.version === version && context.features.has(known.feature),
  )
  if (version === TAPSCRIPT_LEAF_VERSION) runTapscript(script, stack, { ...context, sigVersion: 'tapscript' })
  else if (upgrade === undefined) discourage('DISCOURAGE_UPGRADABLE_TAPROOT_VERSION', context)
  else requireOk(upgrade.verify(stack, context))
}

/** One OP_SUCCESS anywhere before an unreadable instruction makes all valid, before any limit is looked at. [BIP342 §Specification] */
function runTapscript(script: Uint8Array, stack: readonly Uint8Array[], context: ScriptContext): void {
  for (const feature of discouragedOpcodes(script, context)) fail(`DISCOURAGE_${feature}`)
  if (holdsOpSuccess(script, context)) discourage('DISCOURAGE_OP_SUCCESS', context)
  else {
    if (stack.length > STACK_ITEMS_MAX) fail('STACK_SIZE')
    runWitnessScript(script, stack, context)
  }
}

/** Features of the opcodes in a tapscript that policy asks to keep away from: `DISCOURAGE_` before a draft's feature. */
function discouragedOpcodes(script: Uint8Array, { extension, features }: ScriptContext): readonly Feature[] {
  const shunned = (extension.opcodes ?? []).filter(({ feature }) => features.has(`DISCOURAGE_${feature}`))
  if (shunned.length === 0) return []
  const codes = new Set([...instructions(script)].map((instruction) => `OP_SUCCESS${instruction?.code}`))
  return shunned.filter(({ slot }) => codes.has(slot)).map(({ feature }) => feature)
}

function holdsOpSuccess(script: Uint8Array, context: ScriptContext): boolean {
  for (const instruction of instructions(script)) {
    if (endsInSuccess((instruction ?? fail('BAD_OPCODE')).code, context)) return true
  }
  return false
}

/** A witness script MUST leave exactly one item, and it MUST be true. [BIP141 §Witness program] */
function runWitnessScript(script: Uint8Array, stack: readonly Uint8Array[], context: ScriptContext): void {
  constrain('witnessStack', stack, context)
  if (stack.some((item) => item.length > ITEM_BYTES_MAX)) fail('PUSH_SIZE')
  const [only, second] = run(script, stack, context)
  if (only === undefined || second !== undefined) fail('CLEANSTACK')
  if (!isTrue(only!)) fail('EVAL_FALSE')
}

function verifyUnknownProgram(program: WitnessProgram, isWrapped: boolean, context: ScriptContext): void {
  const upgrade = context.extension.witnessPrograms?.find(
    ({ version, programBytes, feature }) =>
      version === program.version && programBytes === program.program.length && context.features.has(feature),
  )
  if (upgrade === undefined || isWrapped) discourage('DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM', context)
  else requireOk(upgrade.verify(program.program, context))
}

function isTaproot({ version, program }: WitnessProgram): boolean {
  return version === 1 && program.length === TAPROOT_KEY_BYTES
}

/** DUP HASH160 hash EQUALVERIFY CHECKSIG: what a key hash program stands for. [BIP143 §Specification] */
function payToKeyHash(keyHash: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(0x76, 0xa9), encodePush(keyHash), Uint8Array.of(0x88, 0xac))
}
