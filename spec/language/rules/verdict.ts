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

/** The item is refused; `class` says for how long, `reason` is Core's reject string. */
export interface Rejection {
  readonly outcome: 'rejected'
  readonly class: RejectionClass
  readonly reason: string
  /** Id of the rule that is broken. */
  readonly rule?: string
  /** What was expected and what was there, for a human. */
  readonly detail?: string
}

/** Nothing is said about an item of a height whose rules are not all here. */
export const UNKNOWN: Verdict = { outcome: 'unknown' }

/** A block or header that breaks a rule. */
export function rejection({ rule, broken }: Violation): Rejection {
  return {
    outcome: 'rejected',
    class: rule.rejection,
    reason: rule.reason + (broken.suffix ?? ''),
    rule: rule.id,
    detail: `${rule.must} Expected ${broken.expected}, found ${broken.actual}.`,
  }
}

/** An unconfirmed transaction that breaks a rule: some rejections hold for less long, or under another name. */
export function unconfirmedRejection({ rule, broken }: Violation): Rejection {
  return rejection({ rule: { ...rule, ...rule.unconfirmed }, broken })
}
