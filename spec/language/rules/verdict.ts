import type { Violation } from './checklist.ts'
import type { RejectionClass } from './rule.ts'

/**
 * What is said about an item. `connected`: part of the active chain. `stored`: kept, its spending unjudged.
 * `accepted`: an unconfirmed transaction that may be mined in the next block. `duplicate`: known already.
 * `invalid-ancestor`: a block below it is invalid. `unknown`: the chain has rules there that are not specified here.
 */
export type Verdict = Kept | Rejection

interface Kept {
  readonly outcome: 'connected' | 'stored' | 'accepted' | 'duplicate' | 'invalid-ancestor' | 'unknown'
  readonly reason?: string
}

/** The item is refused; `class` says for how long. */
export interface Rejection {
  readonly outcome: 'rejected'
  readonly class: RejectionClass
  /** Core's reject string, unless `isOwnReason`. */
  readonly reason: string
  /** The reason is ours: no release of Core has it. */
  readonly isOwnReason?: true
  /**
   * What refuses an unconfirmed transaction that a block may hold all the same: an `upgrade` still to come, or only the
   * `policy` of pools. Absent: the consensus, today.
   */
  readonly basis?: 'upgrade' | 'policy'
  /** Id of the rule that is broken. */
  readonly rule?: string
  /** What was expected and what was there, for a human. */
  readonly detail?: string
}

/** Nothing is said about an item of a height whose rules are not all here. */
export const UNKNOWN: Verdict = { outcome: 'unknown' }

/** A block or header that breaks a rule. */
export function rejection(violation: Violation): Rejection {
  const { rule, broken } = violation
  return {
    outcome: 'rejected',
    class: rejectionClass(violation),
    reason: rule.reason + (broken.suffix ?? ''),
    ...(rule.isOwnReason && { isOwnReason: true }),
    rule: rule.id,
    detail: `${rule.must} Expected ${broken.expected}, found ${broken.actual}.`,
  }
}

/** Bytes that do not decode say nothing about any hash. Core has no reject string for them. */
export function undecodable(detail: string): Rejection {
  return { outcome: 'rejected', class: 'mutated', reason: 'decode-failed', isOwnReason: true, detail }
}

/** How long a rejection for this violation holds. */
export function rejectionClass({ rule, broken }: Violation): RejectionClass {
  return broken.rejection ?? rule.rejection
}

/** An unconfirmed transaction that breaks a rule: some rejections hold for less long, or under another name. */
export function unconfirmedRejection({ rule, broken }: Violation): Rejection {
  return rejection({ rule: { ...rule, ...rule.unconfirmed }, broken })
}
