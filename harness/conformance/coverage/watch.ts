import type { Outcome } from '../../../spec/index.ts'
import type { AnyRule } from './rules.ts'

/** How a rule answered. */
export type Side = 'kept' | 'broken'

type Check = AnyRule['check']

/** Lets `replace` stand for a rule's check until the returned function is called. The rule is changed in place. */
export function substitute(rule: AnyRule, replace: (check: Check) => Check): () => void {
  const target = rule as { check: Check }
  const original = target.check
  target.check = replace(original.bind(rule))
  return () => {
    target.check = original
  }
}

/** Tells every answer of these rules while `play` runs. */
export function watchRules<Result>(
  rules: readonly AnyRule[],
  heard: (ruleId: string, side: Side) => void,
  play: () => Result,
): Result {
  const restore = rules.map((rule) =>
    substitute(rule, (check) => (subject, limits) => {
      const outcome: Outcome = check(subject, limits)
      heard(rule.id, outcome === 'ok' ? 'kept' : 'broken')
      return outcome
    }),
  )
  try {
    return play()
  } finally {
    for (const undo of restore) undo()
  }
}
