import type { RulesPageData } from '../../../reports/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { measureCoverage } from './coverage.ts'
import { listRules } from './rules.ts'
import { findRuleSource } from './source.ts'
import { measureVectors } from './vectors.ts'

/** Everything that is known of every rule: its definition, its source file, the scenarios and vectors that fire it. */
export function gatherRules(
  corpus: readonly CorpusEntry[],
  vectorFiles: readonly string[],
  rootFolder: string,
  onProgress: (done: number, total: number, file: string) => void,
): Omit<RulesPageData, 'subtitle'> {
  const listed = listRules()
  const rules = listed.map(({ rule }) => rule)
  const coverage = measureCoverage(rules, corpus)
  const vectors = measureVectors(rules, vectorFiles, onProgress)
  return {
    rules: listed.map(({ rule, path, since }) => ({
      id: rule.id,
      reason: rule.reason,
      rejection: rule.rejection,
      must: rule.must,
      sources: rule.sources,
      path,
      limits: rule.limits,
      ...(since === undefined ? {} : { since }),
      ...(findRuleSource(rootFolder, rule.id) ?? { file: 'not in this installation', code: '' }),
      scenarios: coverage.get(rule.id) ?? { kept: [], broken: [] },
      vectors: vectors.rules.get(rule.id) ?? [],
    })),
    scriptErrors: [...vectors.scriptErrors]
      .map(([name, cases]) => ({ name, cases }))
      .sort((a, b) => b.cases - a.cases),
  }
}
