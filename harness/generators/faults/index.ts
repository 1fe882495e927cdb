import { blockNotEmpty } from './block-not-empty.ts'
import { blockSize } from './block-size.ts'
import { blockWeight } from './block-weight.ts'
import { coinbaseAmount } from './coinbase-amount.ts'
import { coinbaseFirst } from './coinbase-first.ts'
import { coinbaseHeight } from './coinbase-height.ts'
import { coinbaseMaturity } from './coinbase-maturity.ts'
import { coinbaseOnce } from './coinbase-once.ts'
import { coinbaseScriptLength } from './coinbase-script-length.ts'
import { difficulty } from './difficulty.ts'
import { distinctInputs } from './distinct-inputs.ts'
import { feeInRange } from './fee-in-range.ts'
import { feesInRange } from './fees-in-range.ts'
import { finalByBlockTime } from './final-by-block-time.ts'
import { finalByMedianTime } from './final-by-median-time.ts'
import { hasInputs } from './has-inputs.ts'
import { hasOutputs } from './has-outputs.ts'
import { inputValues } from './input-values.ts'
import { inputsNameOutputs } from './inputs-name-outputs.ts'
import { inputsUnspent } from './inputs-unspent.ts'
import { legacySigops } from './legacy-sigops.ts'
import { mandatorySignal } from './mandatory-signal.ts'
import { merkleRoot } from './merkle-root.ts'
import { merkleUnambiguous } from './merkle-unambiguous.ts'
import { noOverwrite } from './no-overwrite.ts'
import { noTimewarp } from './no-timewarp.ts'
import { noUncommittedWitness } from './no-uncommitted-witness.ts'
import { noWitness } from './no-witness.ts'
import { notCoinbase } from './not-coinbase.ts'
import { outputNotNegative } from './output-not-negative.ts'
import { outputNotTooLarge } from './output-not-too-large.ts'
import { outputTotal } from './output-total.ts'
import { parentKnown } from './parent-known.ts'
import { proofOfWork } from './proof-of-work.ts'
import { relativeLock } from './relative-lock.ts'
import type { Fault, Faulty, Ground, RuleFaults } from './rule-faults.ts'
import { scripts } from './scripts.ts'
import { signetSolution } from './signet-solution.ts'
import { sigopCost } from './sigop-cost.ts'
import { subsidyEnds } from './subsidy-ends.ts'
import { targetInRange } from './target-in-range.ts'
import { timeAfterMedian } from './time-after-median.ts'
import { timeNotInFuture } from './time-not-in-future.ts'
import { transactionSize } from './transaction-size.ts'
import { valueConserved } from './value-conserved.ts'
import { versionAtLeast2 } from './version-at-least-2.ts'
import { versionAtLeast3 } from './version-at-least-3.ts'
import { versionAtLeast4 } from './version-at-least-4.ts'
import { versionWithSegwit } from './version-with-segwit.ts'
import { witnessCommitment } from './witness-commitment.ts'
import { witnessReservedValue } from './witness-reserved-value.ts'

/** What breaks each rule of the specification, in checking order. */
const CATALOGUE: readonly RuleFaults[] = [
  targetInRange,
  proofOfWork,
  signetSolution,
  merkleRoot,
  merkleUnambiguous,
  blockNotEmpty,
  blockSize,
  coinbaseFirst,
  coinbaseOnce,
  hasInputs,
  hasOutputs,
  transactionSize,
  outputNotNegative,
  outputNotTooLarge,
  outputTotal,
  distinctInputs,
  coinbaseScriptLength,
  inputsNameOutputs,
  legacySigops,
  notCoinbase,
  parentKnown,
  difficulty,
  timeAfterMedian,
  noTimewarp,
  timeNotInFuture,
  versionAtLeast2,
  versionAtLeast3,
  versionAtLeast4,
  versionWithSegwit,
  mandatorySignal,
  finalByBlockTime,
  finalByMedianTime,
  coinbaseHeight,
  witnessReservedValue,
  witnessCommitment,
  noWitness,
  noUncommittedWitness,
  blockWeight,
  noOverwrite,
  inputsUnspent,
  coinbaseMaturity,
  inputValues,
  valueConserved,
  feeInRange,
  feesInRange,
  relativeLock,
  sigopCost,
  coinbaseAmount,
  subsidyEnds,
  scripts,
]

/** What is known of each rule, by its id. */
export const FAULTS: ReadonlyMap<string, RuleFaults> = new Map(CATALOGUE.map((entry) => [entry.rule, entry]))

/**
 * The block with the fault of this number, of some rules only where those are given; undefined where this chain has no such thing.
 * About a third is valid: at its limit a fault is none. @throws ScenarioError when the parts do not fit each other
 */
export function makeFault(kind: number, ground: Ground, rules?: readonly string[]): Faulty | undefined {
  const faults = faultsOn(ground, rules)
  return faults.length === 0 ? undefined : faults[kind % faults.length]!(ground)
}

/** Each as often as it is to be drawn. */
function faultsOn({ draft }: Ground, rules?: readonly string[]): readonly Fault[] {
  return CATALOGUE.filter(
    ({ rule, on }) => (on === undefined || on(draft)) && (rules === undefined || rules.includes(rule)),
  ).flatMap(({ faults, weight = 1 }) => Array.from({ length: weight }, () => faults).flat())
}
