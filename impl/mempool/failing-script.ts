import { type ScriptChecks, type ScriptErrorName, scriptErrorName } from '../script-engine/index.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import { hashToHex } from '../wire/index.ts'

/** The first input whose scripts fail. */
export interface FailingScript {
  readonly error: ScriptErrorName
  /** Index of the input. */
  readonly index: number
  /** Which input it is, in Core's words. [Core CScriptCheck] */
  readonly input: string
}

/** Judges all scripts of a transaction under these flags; `spent` are its coins in the order of its inputs. */
export function failingScript(
  tx: Transaction,
  spent: readonly TxOutput[],
  flags: number,
  checks: ScriptChecks,
): FailingScript | undefined {
  for (let inputIndex = 0; inputIndex < tx.inputs.length; inputIndex++)
    checks.submit(inputIndex, { tx, inputIndex, spent, flags })
  const failure = checks.settle()
  if (failure === undefined) return undefined
  const { prevTxid, prevIndex } = tx.inputs[failure.index]!
  return {
    error: scriptErrorName(failure.error),
    index: failure.index,
    input:
      `input ${failure.index} of ${hashToHex(tx.txid)} (wtxid ${hashToHex(tx.wtxid)}), ` +
      `spending ${hashToHex(prevTxid)}:${prevIndex}`,
  }
}
