import { isChoice } from './compare.ts'
import type { Engine } from './engine.ts'
import type { Strictness, Verdict } from './verdict.ts'

/** By whom and how closely a target is judged. */
export interface Judgement {
  readonly strictness: Strictness
  /** The specification. */
  readonly reference: Engine
}

/** Agreement of two verdicts, as closely as asked and as the target can tell; nothing contradicts whoever says nothing. */
export function sameVerdict(want: Verdict, got: Verdict, target: Engine, strictness: Strictness): boolean {
  if (want.outcome === 'unknown' || got.outcome === 'unknown' || isChoice(want, got)) return true
  if (want.outcome !== got.outcome) return false
  if (want.outcome !== 'rejected' || got.outcome !== 'rejected' || strictness === 'verdict') return true
  const isClassTold = target.capabilities.has('classes') && got.isClassUnsaid !== true
  if (isClassTold && want.class !== got.class) return false
  const isUnnamed = want.isOwnReason === true || !target.capabilities.has('reasons')
  return strictness === 'class' || isUnnamed || want.reason === got.reason
}

/**
 * Whether a target may report another of several faults of a block: which comes first is its own affair, unless it says
 * that it keeps to the order of the specification.
 */
export function isOneOfMany(want: Verdict, got: Verdict, faults: readonly string[], target: Engine): boolean {
  if (target.capabilities.has('firstFault')) return false
  const areRejections = want.outcome === 'rejected' && got.outcome === 'rejected'
  return areRejections && faults.length > 1 && faults.includes(got.reason)
}
