import { ERROR, FLAG, type ScriptChecks } from '../script-engine/index.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import { failingScript } from './failing-script.ts'

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
