import { WITNESS_SCALE_FACTOR } from '../encoding/index.ts'
import type { Input, Output, Transaction } from '../vocabulary/index.ts'
import { isCoinbase } from '../vocabulary/index.ts'
import type { Feature } from './features.ts'
import { instructions, isPushOnly, OP_1, OP_16 } from './instruction.ts'
import { MULTISIG_KEYS_MAX } from './limits.ts'
import { isPayToScriptHash, type WitnessProgram, witnessProgram } from './templates.ts'

const OP_CHECKSIG = 0xac
const OP_CHECKSIGVERIFY = 0xad
const OP_CHECKMULTISIG = 0xae
const OP_CHECKMULTISIGVERIFY = 0xaf

/**
 * Signature checks that a script holds, executed or not, up to the first unreadable instruction. A multisignature
 * counts as its number of keys where `isAccurate` and a small number stands right before it, else as twenty.
 * [Core CScript::GetSigOpCount]
 */
function scriptSigops(script: Uint8Array, isAccurate: boolean): number {
  let count = 0
  let previous = -1
  for (const instruction of instructions(script)) {
    if (instruction === undefined) break
    const { code } = instruction
    if (code === OP_CHECKSIG || code === OP_CHECKSIGVERIFY) count += 1
    if (code === OP_CHECKMULTISIG || code === OP_CHECKMULTISIGVERIFY) count += keysOf(previous)
    previous = code
  }
  return count

  function keysOf(code: number): number {
    return isAccurate && code >= OP_1 && code <= OP_16 ? code - OP_1 + 1 : MULTISIG_KEYS_MAX
  }
}

/** Checks in a transaction's own scripts, inputs and outputs alike. [Core GetLegacySigOpCount] */
export function legacySigops({ inputs, outputs }: Transaction): number {
  const scripts = [...inputs.map((input) => input.scriptSig), ...outputs.map((output) => output.script)]
  return sum(scripts.map((script) => scriptSigops(script, false)))
}

/** Checks in the scripts that an input runs before any witness: its own, the output's, and a redeem script, each counted accurately. [BIP54, Core CheckSigopsBIP54] */
export function inputSigops(input: Input, output: Output): number {
  return scriptSigops(input.scriptSig, true) + scriptSigops(output.script, true) + p2shSigops(input, output)
}

/** Checks in the redeem script that an input reveals. [BIP16, Core GetP2SHSigOpCount] */
export function p2shSigops({ scriptSig }: Input, { script }: Output): number {
  if (!isPayToScriptHash(script) || !isPushOnly(scriptSig)) return 0
  return scriptSigops(lastPush(scriptSig), true)
}

/** The witness program that an input has to satisfy, bare or wrapped in a script hash, if it is one. [BIP141 §Witness program] */
function spentProgram({ scriptSig }: Input, { script }: Output): WitnessProgram | undefined {
  const isWrapped = isPayToScriptHash(script) && isPushOnly(scriptSig)
  return witnessProgram(isWrapped ? lastPush(scriptSig) : script)
}

/** Checks in the version 0 witness program that an input satisfies; later versions count elsewhere. [BIP141 §Sigops] */
export function witnessSigops(input: Input, output: Output): number {
  const { witness } = input
  const program = spentProgram(input, output)
  if (program?.version !== 0) return 0
  if (program.program.length === 20) return 1
  return program.program.length === 32 ? scriptSigops(witness.at(-1) ?? new Uint8Array(), true) : 0
}

/** What a transaction counts towards the block's limit: four for a check outside the witness, one inside. [BIP141 §Sigops, Core GetTransactionSigOpCost] */
export function sigopCost(
  transaction: Transaction,
  spentOutputs: readonly Output[],
  features: ReadonlySet<Feature>,
): number {
  const legacy = legacySigops(transaction) * WITNESS_SCALE_FACTOR
  if (isCoinbase(transaction)) return legacy
  const spends = transaction.inputs.map((input, index) => [input, spentOutputs[index]!] as const)
  const p2sh = features.has('P2SH') ? sum(spends.map((spend) => p2shSigops(...spend))) : 0
  const witness = features.has('WITNESS') ? sum(spends.map((spend) => witnessSigops(...spend))) : 0
  return legacy + p2sh * WITNESS_SCALE_FACTOR + witness
}

/** The item that a script of pushes leaves on top. */
function lastPush(script: Uint8Array): Uint8Array {
  let last: Uint8Array = new Uint8Array()
  for (const instruction of instructions(script)) last = instruction?.data ?? last
  return last
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
