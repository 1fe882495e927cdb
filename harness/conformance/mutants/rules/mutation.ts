import type { Ask, Limits, Outcome } from '../../../../spec/index.ts'
import type { AnyRule } from '../../coverage/index.ts'

/** One way in which a rule could be wrong. */
export interface RuleMutant {
  readonly rule: AnyRule
  /** `drop`: it always holds. `negate`: it holds where it is broken. Else the limit that it reads shifted. */
  readonly change: string
}

/** Every mutant of a rule: dropped, negated, and each of its limits one more, one less, or flipped. */
export function mutantsOf(rule: AnyRule): RuleMutant[] {
  return ['drop', 'negate', ...rule.limits.flatMap(changesOf)].map((change) => ({ rule, change }))
}

/** The name of a mutant in reports. */
export function mutantName({ rule, change }: RuleMutant): string {
  return `${rule.id} ${change}`
}

/** Asks every rule itself, but for the mutant's rule: of that the mutant. */
export function askMutant(mutant: RuleMutant): Ask {
  const check = mutantCheck(mutant)
  return (rule, subject, limits) => (rule === mutant.rule ? check : rule.check)(subject, limits)
}

/** What the mutant answers in its rule's place. */
function mutantCheck({ rule: { check }, change }: RuleMutant): AnyRule['check'] {
  if (change === 'drop') return () => 'ok'
  if (change === 'negate') return (subject, limits) => negated(check(subject, limits))
  return (subject, limits) => check(subject, shifted(limits, change))
}

/** Limits that say yes or no; the others are numbers. */
const FLAGS: ReadonlySet<keyof Limits> = new Set<keyof Limits>([
  'noRetargeting',
  'allowMinDifficulty',
  'enforceBip94',
  'wholePeriodRetarget',
])

function changesOf(limit: keyof Limits): string[] {
  return FLAGS.has(limit) ? [`!${limit}`] : [`${limit}+1`, `${limit}-1`]
}

function shifted(limits: Limits, change: string): Limits {
  const limit = change.replace(/^!|[+-]1$/g, '') as keyof Limits
  const value: bigint | number | boolean = limits[limit]
  if (typeof value === 'boolean') return { ...limits, [limit]: !value }
  const by = change.endsWith('+1') ? 1 : -1
  return { ...limits, [limit]: typeof value === 'bigint' ? value + BigInt(by) : value + by }
}

function negated(outcome: Outcome): Outcome {
  return outcome === 'ok' ? { expected: 'the opposite', actual: 'what should be' } : 'ok'
}
