import {
  ERROR,
  FLAG,
  type ScriptChecks,
  type ScriptErrorName,
  scriptErrorName,
} from '../script-engine/index.ts'
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

/** What asks for the witness is wrong, whatever the witness. [BIP141] */
const OUTSIDE_OF_WITNESS: ReadonlySet<number> = new Set([
  ERROR.WITNESS_MALLEATED,
  ERROR.WITNESS_MALLEATED_P2SH,
  ERROR.WITNESS_PROGRAM_WRONG_LENGTH,
])

/** Whether every input that fails under these flags could pass with another witness, which keeps the transaction's id. */
export function failsInWitnessAlone(
  tx: Transaction,
  spent: readonly TxOutput[],
  flags: number,
  checks: ScriptChecks,
): boolean {
  if ((flags & FLAG.WITNESS) === 0) return false
  if (failingScript(tx, spent, flags & ~FLAG.WITNESS, checks) !== undefined) return false
  return tx.inputs.every((_, inputIndex) => {
    checks.submit(inputIndex, { tx, inputIndex, spent, flags })
    const failure = checks.settle()
    return failure === undefined || !OUTSIDE_OF_WITNESS.has(failure.error)
  })
}
