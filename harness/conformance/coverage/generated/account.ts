import type { Ask } from '../../../../spec/index.ts'
import { FAULTS } from '../../../generators/index.ts'
import type { Verdict } from '../../../ports/index.ts'
import { type AnyRule, listRules } from '../rules.ts'

/** How often a rule was broken and met. */
export interface RuleCount {
  /** Items whose only fault it was; for rules that never break alone: with no others but those that must break too. */
  readonly alone: number
  /** Items that broke other rules as well. */
  readonly amongOthers: number
  /** Good items that one step further would have broken it; absent: it has no limit. */
  readonly atLimit?: number
}

/** Keeps account of the specification's rules: which were broken, and which were kept exactly at their limits. */
export class RuleAccount {
  readonly #rules: readonly AnyRule[] = listRules().map(({ rule }) => rule)
  readonly #alone = new Map<string, number>()
  readonly #amongOthers = new Map<string, number>()
  readonly #atLimit = new Map<string, number>()
  /** Rules that are said never to break alone, and did. */
  readonly #againstDemands = new Set<string>()
  /** The rules kept at their limits by the item that is being judged. */
  #met: Set<string> | undefined

  /** Asks each rule itself, and notes where an item meets its limit. */
  readonly ask: Ask = (rule, subject, limits) => {
    const outcome = rule.check(subject, limits)
    const edge = FAULTS.get(rule.id)?.edge
    if (edge !== undefined && outcome === 'ok' && this.#met !== undefined && !this.#met.has(rule.id))
      if (edge(subject, limits).some(([near, nearby]) => rule.check(near, nearby) !== 'ok'))
        this.#met.add(rule.id)
    return outcome
  }

  /** Notes the limits that an item meets, if it turns out to be good. */
  judge(verdictOf: () => Verdict): Verdict {
    const met = new Set<string>()
    this.#met = met
    try {
      const verdict = verdictOf()
      const isGood = ['connected', 'stored', 'accepted'].includes(verdict.outcome)
      if (isGood) for (const ruleId of met) increment(this.#atLimit, ruleId)
      return verdict
    } finally {
      this.#met = undefined
    }
  }

  /** Notes every rule that one item broke; `isWhole`: nothing about it was left unjudged. */
  broken(ruleIds: ReadonlySet<string>, isWhole = true): void {
    for (const ruleId of ruleIds) {
      if (isWhole && ruleIds.size === 1 && FAULTS.get(ruleId)?.company !== undefined)
        this.#againstDemands.add(ruleId)
      const company = FAULTS.get(ruleId)?.company?.with ?? []
      const others = [...ruleIds].filter((other) => other !== ruleId && !company.includes(other))
      increment(others.length === 0 ? this.#alone : this.#amongOthers, ruleId)
    }
  }

  counts(): Record<string, RuleCount> {
    return Object.fromEntries(
      this.#rules.map(({ id }) => {
        const alone = this.#alone.get(id) ?? 0
        const amongOthers = this.#amongOthers.get(id) ?? 0
        return [
          id,
          { alone, amongOthers, ...(FAULTS.get(id)?.edge ? { atLimit: this.#atLimit.get(id) ?? 0 } : {}) },
        ]
      }),
    )
  }

  /** What must have occurred and did not; also where the list of what cannot occur is wrong. */
  missing(withUnconfirmed: boolean): string[] {
    return this.#rules.flatMap(({ id }) => {
      const { outOfReach, unconfirmedOnly, limitUnconfirmedOnly, edge } = FAULTS.get(id)!
      if (outOfReach !== undefined) return this.#alone.has(id) ? [`${id} out of reach`] : []
      if (this.#againstDemands.has(id)) return [`${id} never broken alone`]
      const isSpared = (why: string | undefined) => !withUnconfirmed && why !== undefined
      const isBroken = this.#alone.has(id) || isSpared(unconfirmedOnly)
      const isMet = edge === undefined || this.#atLimit.has(id) || isSpared(limitUnconfirmedOnly)
      return [...(isBroken ? [] : [`${id} broken alone`]), ...(isMet ? [] : [`${id} at its limit`])]
    })
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
