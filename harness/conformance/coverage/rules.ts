import { type Checklist, type Limits, type Rule, rulesOf, stages, UPGRADES } from '../../../spec/index.ts'

/** A rule whatever it is asked of. */
// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
export type AnyRule = Rule<any, Limits>

/** A rule of the specification, where it stands, and the upgrade that brought it. */
interface ListedRule {
  readonly rule: AnyRule
  /** The stage, then the parts that lead to the rule. */
  readonly path: readonly string[]
  /** Absent: in force since genesis. */
  readonly since?: string
}

/** Every rule of the table of contents once, in checking order. */
export function listRules(): ListedRule[] {
  const listed = new Map<string, ListedRule>()
  for (const [stage, checklist] of Object.entries(stages))
    for (const { rule, path } of rulesOf(checklist as Checklist<unknown, Limits>))
      if (!listed.has(rule.id)) listed.set(rule.id, { rule, path: [stage, ...path], ...sinceOf(rule) })
  return [...listed.values()]
}

function sinceOf(rule: AnyRule): { since?: string } {
  const upgrade = UPGRADES.find(({ rules }) => rules?.includes(rule))
  return upgrade === undefined ? {} : { since: upgrade.id }
}
