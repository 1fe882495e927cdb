import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Limits } from '../chains/index.ts'
import type { Checklist } from '../language/index.ts'
import { ok, rulesOf } from '../language/index.ts'
import { PROPOSALS } from '../proposals/index.ts'
import { LIMITS } from '../rules/testing.ts'
import type { Feature } from '../script/index.ts'
import { verifyInput } from '../script/index.ts'
import type { Draw } from './draw.ts'
import type { Example, RejectedExample } from './example.ts'
import { spenderOf, spentBy } from './example.ts'
import { UPGRADES } from './index.ts'
import type { Upgrade } from './upgrade.ts'

/** Each upgrade with those before it: a draft builds on what is deployed, not on other drafts. */
const known = [
  ...UPGRADES.map((upgrade, index) => [upgrade, UPGRADES.slice(0, index)] as const),
  ...PROPOSALS.map((draft) => [draft, UPGRADES] as const),
].filter(([{ examples }]) => examples !== undefined)

/** What is said of an example while these upgrades are in force: `OK`, a script error, or a rule's reason. */
function say(example: Example, inForce: readonly Upgrade[]): string {
  if ('rule' in example) {
    const isInForce = inForce.some((upgrade) => rulesOfUpgrade(upgrade).includes(example.rule))
    const isKept = !isInForce || example.rule.check(example.subject, LIMITS) === ok
    return isKept ? 'OK' : example.rule.reason
  }
  return verifyInput({
    transaction: spenderOf(example),
    inputIndex: 0,
    spentOutputs: [spentBy(example)],
    features: new Set<Feature>(inForce.flatMap(({ features = [] }) => features)),
    extension: inForce.at(-1)?.extension,
  })
}

/** The rules that an upgrade brings, in the table of contents or beside it. */
function rulesOfUpgrade({ rules = [], adds = {} }: Upgrade): readonly unknown[] {
  const added = Object.values(adds) as readonly Checklist<unknown, Limits>[]
  return [...rules, ...added.flatMap((checklist) => [...rulesOf(checklist)].map(({ rule }) => rule))]
}

const promised = (example: RejectedExample) => ('rule' in example ? example.rule.reason : example.error)

/** By chance, small numbers and the ends of ranges more often than others. */
const draws = fc.infiniteStream(fc.oneof(fc.nat(), fc.constantFrom(0, 1, 2 ** 31 - 1))).map(
  (stream): Draw =>
    (bound) =>
      stream.next().value % bound,
)

describe.each(known.map((entry) => [entry[0].id, ...entry] as const))('%s', (_, upgrade, earlier) => {
  const { accepts, rejects, generator } = upgrade.examples!
  const checkAccepts = (example: Example) =>
    expect([say(example, earlier), say(example, [...earlier, upgrade])]).toEqual(['OK', 'OK'])
  const checkRejects = (example: RejectedExample) =>
    expect([say(example, earlier), say(example, [...earlier, upgrade])]).toEqual(['OK', promised(example)])

  it('leaves something alone that was allowed', () => {
    expect(accepts.length).toBeGreaterThan(0)
    accepts.forEach(checkAccepts)
  })
  it('forbids something that was allowed', () => {
    expect(rejects.length).toBeGreaterThan(0)
    rejects.forEach(checkRejects)
  })
  it('is reached from both sides by chance', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const pair = generator(draw)
        checkAccepts(pair.accepts)
        checkRejects(pair.rejects)
      }),
    )
  })
  it('needs each of its features for what it forbids, by hand and by chance', () => {
    const drawn = fc.sample(draws, { numRuns: 100, seed: 1 }).map((draw) => generator(draw).rejects)
    for (const feature of upgrade.features ?? []) {
      const without = { ...upgrade, features: upgrade.features!.filter((other) => other !== feature) }
      const needs = (example: RejectedExample) => say(example, [...earlier, without]) === 'OK'
      expect([rejects.some(needs), drawn.some(needs)]).toEqual([true, true])
    }
  })
})
