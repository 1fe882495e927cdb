import { join } from 'node:path'
import type { Vite } from 'vitest/node'
import { findRuleSource } from '../../coverage/index.ts'
import { mutantName, type RuleMutant } from './mutation.ts'

/** Runs a rule's unit test on a mutant and returns the file if a test fails; undefined when all pass or there is none. */
export async function killByUnitTest(mutant: RuleMutant, rootFolder: string): Promise<string | undefined> {
  const testFile = findRuleSource(rootFolder, mutant.rule.id)?.testFile
  if (testFile === undefined) return undefined
  const before = process.exitCode
  const { startVitest } = await import('vitest/node')
  const vitest = await startVitest(
    'test',
    [testFile],
    { root: rootFolder, watch: false, reporters: [{}] },
    { plugins: [planting(mutant, join(rootFolder, testFile), rootFolder)] },
  )
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()])
  const results = tests.map((test) => test.result().state)
  await vitest.close()
  process.exitCode = before
  if (results.length === 0) throw new Error(`${testFile}: no test was run on ${mutantName(mutant)}`)
  return results.includes('failed') ? testFile : undefined
}

/** Plants the mutant in the test file's own process, before its first test: unit tests ask the rule itself. */
function planting({ rule, change }: RuleMutant, testPath: string, rootFolder: string): Vite.Plugin {
  const from = (file: string) => JSON.stringify(join(rootFolder, file))
  const lines = [
    `import { listRules as listRulesToMutate } from ${from('harness/conformance/coverage/index.ts')}`,
    `import { askMutant } from ${from('harness/conformance/mutants/rules/mutation.ts')}`,
    `const mutated = listRulesToMutate().find(({ rule }) => rule.id === ${JSON.stringify(rule.id)}).rule`,
    `const askPlanted = askMutant({ rule: mutated, change: ${JSON.stringify(change)} })`,
    'Object.assign(mutated, { check: (subject, limits) => askPlanted(mutated, subject, limits) })',
  ]
  return {
    name: 'rule-mutant',
    enforce: 'pre',
    transform: (code, id) => (id === testPath ? `${lines.join('\n')}\n${code}` : null),
  }
}
