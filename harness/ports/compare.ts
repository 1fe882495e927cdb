import type { Subject } from './node.ts'
import type { Strictness, Verdict } from './verdict.ts'

/** Whether a node's verdict is what the specification says, as closely as asked; where it says nothing, any verdict is. */
export function isSameVerdict(
  subject: Subject,
  actual: Verdict,
  expected: Verdict,
  strictness: Strictness = 'exact',
): boolean {
  if (expected.outcome === 'unknown' || isChoice(expected, actual)) return true
  if (subject === 'header' && isKept(actual) && isKept(expected)) return true
  if (actual.outcome !== expected.outcome) return false
  if (actual.outcome !== 'rejected' || expected.outcome !== 'rejected' || strictness === 'verdict')
    return true
  if (actual.class !== expected.class) return false
  return strictness === 'class' || actual.reason === expected.reason
}

/** Whether a pool holds an unconfirmed transaction that the specification's refuses for policy alone: that is its choice. */
export function isChoice(expected: Verdict, actual: Verdict): boolean {
  return actual.outcome === 'accepted' && expected.outcome === 'rejected' && expected.basis === 'policy'
}

/** A verdict in one short line: `rejected (invalid, bad-cb-amount)`. */
export function verdictText(verdict: Verdict): string {
  if (verdict.outcome === 'rejected') return `rejected (${verdict.class}, ${verdict.reason})`
  return verdict.reason === undefined ? verdict.outcome : `${verdict.outcome} (${verdict.reason})`
}

/** A header alone is neither connected nor stored in any way that could be told apart. */
const isKept = ({ outcome }: Verdict) =>
  outcome === 'connected' || outcome === 'stored' || outcome === 'duplicate' || outcome === 'accepted'

/**
 * Whether a node whose disk is damaged contradicts the specification all the same: it may have lost blocks, and with
 * them its place on the chain, but neither believes what is invalid nor calls invalid what is not.
 */
export function contradicts(subject: Subject, actual: Verdict, expected: Verdict): boolean {
  if (subject === 'transaction') return false
  const isRefused = (verdict: Verdict) =>
    verdict.outcome === 'invalid-ancestor' || (verdict.outcome === 'rejected' && verdict.class !== 'missing')
  return actual.outcome === 'connected' ? isRefused(expected) : isRefused(actual) && isKept(expected)
}
