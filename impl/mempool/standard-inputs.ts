import { countSigops, isPayToScriptHash, witnessVersion } from '../script-engine/index.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import { isPayToAnchor, lastPush, outputKind } from './output-kind.ts'

const P2SH_SIGOPS_MAX = 15
/** Signature operations outside witnesses that one transaction may execute. [BIP54; Core MAX_TX_LEGACY_SIGOPS] */
const EXECUTED_SIGOPS_MAX = 2500
const WITNESS_SCRIPT_BYTES_MAX = 3600
const WITNESS_ITEMS_MAX = 100
const WITNESS_ITEM_BYTES_MAX = 80
const ANNEX_TAG = 0x50
const LEAF_MASK = 0xfe
const LEAF_TAPSCRIPT = 0xc0

/** Whether the coins that a transaction spends are of usual kinds, and cheap to judge. [Core AreInputsStandard] */
export function hasStandardInputs(transaction: Transaction, spent: readonly TxOutput[]): boolean {
  let executed = 0
  for (let i = 0; i < spent.length; i++) {
    const { scriptSig } = transaction.inputs[i]!
    const { script } = spent[i]!
    executed += countSigops(scriptSig, true) + countSigops(redeemScriptOf(script, scriptSig) ?? script, true)
  }
  return (
    executed <= EXECUTED_SIGOPS_MAX &&
    spent.every(({ script }, i) => isStandardInput(script, transaction.inputs[i]!.scriptSig))
  )
}

function isStandardInput(script: Uint8Array, scriptSig: Uint8Array): boolean {
  const kind = outputKind(script)
  if (kind === 'nonstandard' || kind === 'witness-unknown') return false
  if (kind !== 'scripthash') return true
  const redeemScript = lastPush(scriptSig)
  return redeemScript !== undefined && countSigops(redeemScript, true) <= P2SH_SIGOPS_MAX
}

function redeemScriptOf(script: Uint8Array, scriptSig: Uint8Array): Uint8Array | undefined {
  return isPayToScriptHash(script) ? lastPush(scriptSig) : undefined
}

/** Whether witnesses keep to the usual sizes and no input carries one for nothing. [Core IsWitnessStandard] */
export function hasStandardWitness(transaction: Transaction, spent: readonly TxOutput[]): boolean {
  return transaction.inputs.every(
    ({ witness, scriptSig }, i) =>
      witness.length === 0 || isStandardWitness(witness, scriptSig, spent[i]!.script),
  )
}

function isStandardWitness(
  witness: readonly Uint8Array[],
  scriptSig: Uint8Array,
  script: Uint8Array,
): boolean {
  if (isPayToAnchor(script)) return false
  const isNested = isPayToScriptHash(script)
  const program = isNested ? lastPush(scriptSig) : script
  if (program === undefined) return false
  const version = witnessVersion(program)
  if (version < 0) return false
  if (version === 0 && program.length === 34) return isStandardScriptHashWitness(witness)
  return version === 1 && program.length === 34 && !isNested ? isStandardTaprootWitness(witness) : true
}

function isStandardScriptHashWitness(witness: readonly Uint8Array[]): boolean {
  const items = witness.slice(0, -1)
  return (
    witness.at(-1)!.length <= WITNESS_SCRIPT_BYTES_MAX &&
    items.length <= WITNESS_ITEMS_MAX &&
    items.every((item) => item.length <= WITNESS_ITEM_BYTES_MAX)
  )
}

function isStandardTaprootWitness(witness: readonly Uint8Array[]): boolean {
  if (witness.length < 2) return true
  if (witness.at(-1)![0] === ANNEX_TAG) return false
  const control = witness.at(-1)!
  if (control.length === 0) return false
  if ((control[0]! & LEAF_MASK) !== LEAF_TAPSCRIPT) return true
  return witness.slice(0, -2).every((item) => item.length <= WITNESS_ITEM_BYTES_MAX)
}

/**
 * Whether a coin with this script asks its spender for a witness, so that an input without one was stripped of it.
 * [Core SpendsNonAnchorWitnessProg]
 */
export function asksForWitness(script: Uint8Array, scriptSig: Uint8Array): boolean {
  if (witnessVersion(script) >= 0) return !isPayToAnchor(script)
  const redeemScript = redeemScriptOf(script, scriptSig)
  return redeemScript !== undefined && witnessVersion(redeemScript) >= 0
}
