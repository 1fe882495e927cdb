import { existsSync, readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { chooseCrypto, InPlaceChecks, type ScriptChecks, ThreadedChecks } from '../../../impl/index.ts'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { simulate } from '../../simulation/index.ts'
import { chainLookup } from '../chains.ts'
import { createNodeFactory } from './node-factory.ts'

const backend = chooseCrypto()
const opened: ThreadedChecks[] = []
afterAll(() => Promise.all(opened.map((checks) => checks.close())))

/** Backwards, then every second one first: whatever order the checks are done in, it must not show. */
const backwards = (count: number) => Array.from({ length: count }, (_, index) => count - 1 - index)
const oddFirst = (count: number) => backwards(count).sort((a, b) => (b % 2) - (a % 2))

const threaded = (workers: number, schedule?: (count: number) => number[]) => () => {
  const checks = new ThreadedChecks({ workers, backend, ...(schedule && { schedule }) })
  opened.push(checks)
  return checks
}

const WAYS: Record<string, () => ScriptChecks> = {
  'in place, backwards': () => new InPlaceChecks({ crypto: backend.crypto, schedule: backwards }),
  'no worker, shuffled': threaded(0, oddFirst),
  '1 worker': threaded(1),
  '1 worker, backwards': threaded(1, backwards),
  '2 workers': threaded(2),
  '2 workers, shuffled': threaded(2, oddFirst),
}

const stories = [
  'double-spend/paper-example-quanta',
  'contracts/two-of-three',
  'activation/taproot-edge',
  'reorg/failed-reorganisation',
  'partition/one-way-silence',
]

// `npm test` builds the threads' file; a lone `vitest run` of a fresh tree has none.
test.skipIf(!existsSync('dist/script-check.worker.js')).each(stories)(
  '%s has one event hash for every script checker and order',
  (story) => {
    const scenario = parseScenario(JSON.parse(readFileSync(`scenarios/${story}.json`, 'utf8')))
    const hashOf = (checks?: () => ScriptChecks) =>
      simulate(compileScenario(scenario, chainLookup), createNodeFactory(checks)).eventHash
    const expected = hashOf()
    expect(expected).toMatch(/^[0-9a-f]{16,}$/)
    for (const [way, checks] of Object.entries(WAYS)) expect(hashOf(checks), way).toBe(expected)
  },
)

test('the event hash shows it when scripts are not checked', () => {
  const scenario = parseScenario(JSON.parse(readFileSync('scenarios/activation/taproot-edge.json', 'utf8')))
  const blind = (): ScriptChecks => ({ submit: () => {}, settle: () => undefined })
  const [seeing, unseeing] = [undefined, blind].map(
    (checks) => simulate(compileScenario(scenario, chainLookup), createNodeFactory(checks)).eventHash,
  )
  expect(unseeing).not.toBe(seeing)
})
