import { createSpecEngine } from '../../adapters/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { playOnEngine } from '../judge/judge.ts'
import type { AnyRule } from './rules.ts'
import { hearing, type Side } from './watch.ts'

/** Ids of the scenarios in which a rule was kept, and of those in which it was broken. */
export type RuleCoverage = Readonly<Record<Side, readonly string[]>>

/** Replays scenarios on the specification and reports which rules each of them keeps and breaks. */
export function measureCoverage(
  rules: readonly AnyRule[],
  corpus: readonly CorpusEntry[],
): Map<string, RuleCoverage> {
  const heard = new Map(rules.map(({ id }) => [id, { kept: new Set<string>(), broken: new Set<string>() }]))
  for (const entry of corpus) {
    // An engine of its own: what another scenario had judged would not be asked again.
    const engine = createSpecEngine(hearing((ruleId, side) => heard.get(ruleId)?.[side].add(entry.id)))
    playOnEngine(entry, engine, 'exact')
  }
  return new Map([...heard].map(([id, { kept, broken }]) => [id, { kept: [...kept], broken: [...broken] }]))
}
