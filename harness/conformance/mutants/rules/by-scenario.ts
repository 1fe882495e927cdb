import { createSpecEngine } from '../../../adapters/index.ts'
import type { CorpusEntry } from '../../../scenario/index.ts'
import { measureCoverage } from '../../coverage/index.ts'
import { playOnEngine } from '../../judge/judge.ts'
import { askMutant, type RuleMutant } from './mutation.ts'

/** The first scenario that a mutant fails, by its id; undefined when it passes all of them. */
type ScenarioKiller = (mutant: RuleMutant) => string | undefined

/** Tries each mutant on the scenarios that ask its rule, those that break the rule first. */
export function createScenarioKiller(
  rules: readonly RuleMutant['rule'][],
  corpus: readonly CorpusEntry[],
): ScenarioKiller {
  const coverage = measureCoverage(rules, corpus)
  const byId = new Map(corpus.map((entry) => [entry.id, entry]))
  return (mutant) => {
    const { broken = [], kept = [] } = coverage.get(mutant.rule.id) ?? {}
    return [...new Set([...broken, ...kept])].find((id) => fails(byId.get(id)!, mutant))
  }
}

function fails(entry: CorpusEntry, mutant: RuleMutant): boolean {
  return playOnEngine(entry, createSpecEngine(askMutant(mutant)), 'exact').status === 'fail'
}
