import {
  type Checklist,
  chainByName,
  chainUnder,
  composeExtensions,
  type Example,
  type Limits,
  ok,
  type Rule,
  rulesOf,
  type SpendExample,
  spenderOf,
  spentBy,
  UPGRADES,
  type Upgrade,
  verifyInput,
} from '../../spec/index.ts'

/** A draft as if it had always been in force. */
export function alwaysInForce(draft: Upgrade): Upgrade {
  return { ...draft, deployment: { kind: 'always' } }
}

// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
type AnyRule = Rule<any, Limits>

/** What is said of examples while the deployed upgrades and these drafts are in force: `OK`, a script error, or the reason of a rule. */
export interface ExampleJudge {
  spend(spend: SpendExample): string
  any(example: Example): string
}

/** @throws Error when two of the drafts claim one place */
export function judgeWith(drafts: readonly Upgrade[]): ExampleJudge {
  const upgrades = [...UPGRADES, ...drafts]
  const features = new Set(upgrades.flatMap((upgrade) => upgrade.features ?? []))
  const extension = composeExtensions(drafts)
  const { limits } = chainUnder(chainByName('bitcoin')!, drafts)
  const rules = new Set(upgrades.flatMap(rulesBroughtBy))
  const spend = (example: SpendExample) =>
    verifyInput({
      transaction: spenderOf(example),
      inputIndex: 0,
      spentOutputs: [spentBy(example)],
      features,
      extension,
    })
  return {
    spend,
    any: (example) => {
      if (!('rule' in example)) return spend(example)
      const { rule, subject } = example
      return !rules.has(rule) || rule.check(subject, limits) === ok ? 'OK' : rule.reason
    },
  }
}

/** The rules that an upgrade brings, in the table of contents or beside it. */
export function rulesBroughtBy({ rules = [], adds = {} }: Upgrade): readonly AnyRule[] {
  const added = Object.values(adds) as readonly Checklist<unknown, Limits>[]
  return [...rules, ...added.flatMap((checklist) => [...rulesOf(checklist)].map(({ rule }) => rule))]
}
