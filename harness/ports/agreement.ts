import type { Capability, Engine } from './engine.ts'
import type { Subject } from './node.ts'
import type { Strictness, Verdict } from './verdict.ts'

/** By whom and how closely a target is judged. */
export interface Judgement {
  readonly strictness: Strictness
  /** The specification. */
  readonly reference: Engine
}

/** What two verdicts are about, and how closely they must agree. */
export interface Comparison {
  readonly subject: Subject
  readonly strictness: Strictness
  /** What a target can say. It may also say nothing: `unknown` contradicts no verdict. Absent: it says everything. */
  readonly capabilities?: ReadonlySet<Capability>
}

/** Whether a verdict is what the specification says, as closely as asked and as the target can say. */
export function isSameVerdict(
  expected: Verdict,
  actual: Verdict,
  { subject, strictness, capabilities }: Comparison,
): boolean {
  if (expected.outcome === 'unknown' || isChoice(expected, actual)) return true
  if (actual.outcome === 'unknown') return capabilities !== undefined
  if (subject === 'header' && isKeptHeader(actual) && isKeptHeader(expected)) return true
  if (actual.outcome !== expected.outcome) return false
  if (actual.outcome !== 'rejected' || expected.outcome !== 'rejected' || strictness === 'verdict')
    return true
  const isClassKnown = capabilities?.has('classes') !== false && actual.isClassUnknown !== true
  if (isClassKnown && actual.class !== expected.class) return false
  const isUnnamed =
    capabilities !== undefined && (expected.isOwnReason === true || !capabilities.has('reasons'))
  return strictness === 'class' || isUnnamed || actual.reason === expected.reason
}

/**
 * Whether a target may give another of several faults of a block as its reason: their order is its own affair, unless it
 * says that it keeps to the specification's.
 */
export function isOneOfMany(
  expected: Verdict,
  actual: Verdict,
  faults: readonly string[],
  capabilities: ReadonlySet<Capability>,
): boolean {
  if (capabilities.has('firstFault')) return false
  const areRejections = expected.outcome === 'rejected' && actual.outcome === 'rejected'
  return areRejections && faults.length > 1 && faults.includes(actual.reason)
}

/** Whether a pool holds an unconfirmed transaction that the specification's refuses for policy alone: that is its choice. */
function isChoice(expected: Verdict, actual: Verdict): boolean {
  return actual.outcome === 'accepted' && expected.outcome === 'rejected' && expected.basis === 'policy'
}

/** A header alone is neither connected nor stored in any way that could be distinguished. */
const isKeptHeader = ({ outcome }: Verdict) =>
  outcome === 'connected' || outcome === 'stored' || outcome === 'duplicate'

/**
 * Whether a node whose disk is damaged contradicts the specification all the same: it may have lost blocks, and with
 * them its place on the chain, but neither believes what is invalid nor calls invalid what is not.
 */
export function contradicts(expected: Verdict, actual: Verdict, subject: Subject): boolean {
  if (subject === 'transaction') return false
  const isRefused = (verdict: Verdict) =>
    verdict.outcome === 'invalid-ancestor' || (verdict.outcome === 'rejected' && verdict.class !== 'missing')
  return actual.outcome === 'connected' ? isRefused(expected) : isRefused(actual) && isKeptHeader(expected)
}
