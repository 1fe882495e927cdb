import type { Transaction, TxOutput } from '../wire/index.ts'
import type { ScriptError } from './script-error.ts'

/** One input whose scripts are to be judged. Consecutive checks of one transaction pass the same `tx` and `spent`. */
export interface InputCheck {
  readonly tx: Transaction
  readonly inputIndex: number
  /** The outputs that the transaction spends: one per input, in order. */
  readonly spent: readonly TxOutput[]
  readonly flags: number
}

/** The check with the lowest index of those that failed. */
export interface FailedCheck {
  readonly index: number
  readonly error: ScriptError
}

/**
 * Judges whole input scripts, in whatever order and on whatever thread; the answer does not depend on either.
 * `index` names a check among those submitted since the last `settle`: 0 … 4,194,303, distinct, rising.
 */
export interface ScriptChecks {
  submit(index: number, check: InputCheck): void
  /** Waits for all that was submitted and forgets it; the failure with the lowest index, if there is one. */
  settle(): FailedCheck | undefined
}
