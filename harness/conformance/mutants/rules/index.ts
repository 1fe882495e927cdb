import { performance } from 'node:perf_hooks'
import type { CorpusEntry } from '../../../scenario/index.ts'
import { listRules } from '../../coverage/index.ts'
import { createScenarioKiller } from './by-scenario.ts'
import { killByUnitTest } from './by-unit-test.ts'
import { mutantName, mutantsOf } from './mutation.ts'

/** What became of one mutant of a rule. */
interface RuleMutantResult {
  /** The rule's id and the change. */
  readonly mutant: string
  /** The scenario or test file that it fails; absent: it survives. */
  readonly killedBy?: string
  readonly seconds: number
}

/** Tries every mutant of every rule on the scenarios in process; whatever passes them, on the rule's unit test. */
export async function scoreRules(
  corpus: readonly CorpusEntry[],
  rootFolder: string,
  onProgress: (done: number, total: number, mutant: string) => void,
): Promise<RuleMutantResult[]> {
  const rules = listRules().map(({ rule }) => rule)
  const killByScenario = createScenarioKiller(rules, corpus)
  const mutants = rules.flatMap(mutantsOf)
  const results: RuleMutantResult[] = []
  for (const mutant of mutants) {
    const name = mutantName(mutant)
    onProgress(results.length, mutants.length, name)
    const start = performance.now()
    const killedBy = killByScenario(mutant) ?? (await killByUnitTest(mutant, rootFolder))
    const seconds = (performance.now() - start) / 1000
    results.push(killedBy === undefined ? { mutant: name, seconds } : { mutant: name, killedBy, seconds })
  }
  return results
}
