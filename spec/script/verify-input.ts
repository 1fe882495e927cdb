import { equalBytes } from '@noble/curves/utils.js'
import type { Output, Transaction } from '../vocabulary/index.ts'
import { constrain } from './constraints.ts'
import type { ScriptErrorName } from './errors.ts'
import { attempt, fail } from './errors.ts'
import { run } from './evaluate.ts'
import type { Feature } from './features.ts'
import { encodePush, isPushOnly } from './instruction.ts'
import type { ScriptContext, ScriptExtension } from './machine.ts'
import { isTrue } from './number.ts'
import { isPayToScriptHash, witnessProgram } from './templates.ts'
import { verifyWitnessProgram } from './witness.ts'

/** One input of a transaction, and what its scripts are judged by. */
export interface InputVerification {
  readonly transaction: Transaction
  readonly inputIndex: number
  /** One per input of the transaction, in order. */
  readonly spentOutputs: readonly Output[]
  /** `WITNESS` is meant to come with `P2SH`, and `TAPROOT` with `WITNESS`: each builds on the one before. */
  readonly features: ReadonlySet<Feature>
  readonly extension?: ScriptExtension | undefined
}

/** Whether the input's script and witness satisfy the script of the output it spends. [Core VerifyScript] */
export function verifyInput(request: InputVerification): ScriptErrorName {
  return attempt(() => {
    const context = legacyContext(request)
    const { scriptSig, witness } = request.transaction.inputs[request.inputIndex]!
    const { script } = request.spentOutputs[request.inputIndex]!
    constrain('scriptSig', scriptSig, context)
    const offered = run(scriptSig, [], context)
    const stack = requireTrue(run(script, offered, context))
    const isP2sh = context.features.has('P2SH') && isPayToScriptHash(script)
    const spent = isP2sh ? runRedeemScript(scriptSig, offered, context) : { script, stack }
    const isWitness =
      context.features.has('WITNESS') && verifyWitness(spent.script, isP2sh, scriptSig, context)
    if (!isWitness) constrain('finalStack', spent.stack, context)
    if (context.features.has('WITNESS') && !isWitness && witness.length > 0) fail('WITNESS_UNEXPECTED')
  })
}

/** The item that the output's hash stands for is run as a script on the items below it; the input script MUST only push. [BIP16] */
function runRedeemScript(
  scriptSig: Uint8Array,
  offered: readonly Uint8Array[],
  context: ScriptContext,
): { script: Uint8Array; stack: readonly Uint8Array[] } {
  if (!isPushOnly(scriptSig)) fail('SIG_PUSHONLY')
  const script = offered.at(-1)!
  return { script, stack: requireTrue(run(script, offered.slice(0, -1), context)) }
}

/** Whether a script is a witness program; if so the witness decides, and the input script MUST be empty, or the one push of a wrapped program. [BIP141 §Witness program] */
function verifyWitness(
  script: Uint8Array,
  isWrapped: boolean,
  scriptSig: Uint8Array,
  context: ScriptContext,
): boolean {
  const program = witnessProgram(script)
  if (program === undefined) return false
  if (!isWrapped && scriptSig.length > 0) fail('WITNESS_MALLEATED')
  if (isWrapped && !equalBytes(scriptSig, encodePush(script))) fail('WITNESS_MALLEATED_P2SH')
  verifyWitnessProgram(program, isWrapped, context)
  return true
}

function requireTrue(stack: readonly Uint8Array[]): readonly Uint8Array[] {
  const top = stack.at(-1)
  if (top === undefined || !isTrue(top)) fail('EVAL_FALSE')
  return stack
}

function legacyContext(request: InputVerification): ScriptContext {
  const { transaction, inputIndex, spentOutputs, features, extension = {} } = request
  return { sigVersion: 'legacy', transaction, inputIndex, spentOutputs, features, extension }
}
