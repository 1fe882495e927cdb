import type { Ask } from '../../../spec/index.ts'

/** How a rule answered. */
export type Side = 'kept' | 'broken'

/** Asks each rule itself and reports its answer. */
export function hearing(heard: (ruleId: string, side: Side) => void): Ask {
  return (rule, subject, limits) => {
    const outcome = rule.check(subject, limits)
    heard(rule.id, outcome === 'ok' ? 'kept' : 'broken')
    return outcome
  }
}
