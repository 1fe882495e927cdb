import {
  type Checklist,
  chainByName,
  chainUnder,
  composeExtensions,
  type Example,
  type Feature,
  type Limits,
  type Output,
  ok,
  type Rule,
  rulesOf,
  type SpendExample,
  spenderOf,
  spentBy,
  type Transaction,
  UPGRADES,
  type Upgrade,
  verifyInput,
} from '../../spec/index.ts'

/** An upgrade as if it had always been in force. */
function always(upgrade: Upgrade): Upgrade {
  return { ...upgrade, deployment: { kind: 'always' } }
}

/** Two rule sets: what is in force on each side of a change. */
export interface Change {
  /** What comes or goes: where a search draws its spends. */
  readonly subject: Upgrade
  readonly before: readonly Upgrade[]
  readonly after: readonly Upgrade[]
}

/** A draft comes into force after all deployed upgrades; a deployed one after those that came before it. */
export function activationOf(draft: Upgrade): Change {
  const at = UPGRADES.findIndex(({ id }) => id === draft.id)
  const before = at < 0 ? UPGRADES : UPGRADES.slice(0, at)
  return { subject: draft, before, after: [...before, always(draft)] }
}

/** A draft that was in force goes out of force again. */
export function removalOf(draft: Upgrade): Change {
  const { subject, before, after } = activationOf(draft)
  return { subject, before: after, after: before }
}

/** What a node knows in whose rules these are in force and no other deployed upgrade is. */
export function knownUnder(inForce: readonly Upgrade[]): readonly Upgrade[] {
  const ids = new Set(UPGRADES.map(({ id }) => id))
  return [
    ...UPGRADES.map(
      (upgrade): Upgrade =>
        inForce.find(({ id }) => id === upgrade.id) ?? { ...upgrade, deployment: { kind: 'never' } },
    ),
    ...inForce.filter(({ id }) => !ids.has(id)),
  ]
}

// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
type AnyRule = Rule<any, Limits>

/** What is said of examples while these upgrades are in force: `OK`, a script error, or the reason of a rule. */
export interface ExampleJudge {
  spend(spend: SpendExample): string
  any(example: Example): string
  /** The first script error over all inputs. */
  inputs(transaction: Transaction, spentOutputs: readonly Output[]): string
}

/** What these upgrades switch on in the script machine. */
export function featuresOf(inForce: readonly Upgrade[]): readonly Feature[] {
  return inForce.flatMap((upgrade) => upgrade.features ?? [])
}

/** Scripts are judged under the features that the upgrades switch on, or under others. @throws Error when two of them claim one place */
export function judgeUnder(
  inForce: readonly Upgrade[],
  switchedOn: readonly Feature[] = featuresOf(inForce),
): ExampleJudge {
  const features = new Set(switchedOn)
  const extension = composeExtensions(inForce)
  const { limits } = chainUnder(chainByName('bitcoin')!, inForce)
  const rules = new Map(inForce.flatMap(rulesBroughtBy).map((rule) => [rule.id, rule]))
  const inputs: ExampleJudge['inputs'] = (transaction, spentOutputs) =>
    spentOutputs
      .map((_, inputIndex) => verifyInput({ transaction, inputIndex, spentOutputs, features, extension }))
      .find((error) => error !== 'OK') ?? 'OK'
  const spend = (example: SpendExample) => inputs(spenderOf(example), [spentBy(example)])
  return {
    spend,
    inputs,
    any: (example) => {
      if (!('rule' in example)) return spend(example)
      const rule = rules.get(example.rule.id)
      return rule === undefined || rule.check(example.subject, limits) === ok ? 'OK' : rule.reason
    },
  }
}

/** The rules that an upgrade brings, in the table of contents or beside it. */
export function rulesBroughtBy({ rules = [], adds = {} }: Upgrade): readonly AnyRule[] {
  const added = Object.values(adds) as readonly Checklist<unknown, Limits>[]
  return [...rules, ...added.flatMap((checklist) => [...rulesOf(checklist)].map(({ rule }) => rule))]
}
