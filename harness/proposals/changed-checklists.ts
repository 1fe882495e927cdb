import type { Check, Limits, Outcome, Rule, Upgrade } from '../../spec/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: each stage has a subject of its own
type AnyCheck = Check<any, Limits>
// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
type AnyRule = Rule<any, Limits>

/** The draft with one of its rules answering otherwise; all else is as it was. */
export function changedChecklists(
  draft: Upgrade,
  ruleId: string,
  answer: (outcome: Outcome) => Outcome,
): Upgrade {
  const changed = (rule: AnyRule): AnyRule =>
    rule.id === ruleId ? { ...rule, check: (subject, params) => answer(rule.check(subject, params)) } : rule
  const changedCheck = (check: AnyCheck): AnyCheck =>
    'each' in check
      ? {
          each: check.each,
          rules: function* () {
            for (const listed of check.rules()) yield { ...listed, rule: changed(listed.rule) }
          },
          violations: (subject, params, isInForce, ask) =>
            check.violations(subject, params, isInForce, (rule, part, given) =>
              ask(changed(rule), part, given),
            ),
        }
      : changed(check)
  const stages = Object.entries(draft.adds ?? {}) as readonly (readonly [string, readonly AnyCheck[]])[]
  return {
    ...draft,
    ...(draft.rules !== undefined && { rules: draft.rules.map(changed) }),
    adds: Object.fromEntries(stages.map(([stage, checks]) => [stage, checks.map(changedCheck)])),
  }
}
