import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chainLookup } from '../../adapters/index.ts'
import { compileScenario } from '../compile.ts'
import type { Scenario } from '../format/index.ts'
import { parseScenario } from '../parse.ts'
import { promoteScenario } from '../promote.ts'
import { shrinkScenario } from './shrink.ts'
import { sourceOf } from './source.ts'

const LARGE = parseScenario({
  format: 'touchstone-scenario/1',
  title: 'A large failure',
  story: 'Much happens, little of it matters.',
  sources: ['a test'],
  keys: ['alice', 'bob', 'idle'],
  nodes: { n1: { peers: ['n2', 'n3'] }, n2: {}, n3: { clockOffsetSeconds: 5 } },
  network: { faults: [{ from: 'n1', to: 'n2', message: 3, kind: 'drop' }] },
  runs: { f: { extends: 'genesis', count: 6 } },
  transactions: {
    t1: {
      inputs: [{ spends: 'f1:0' }],
      outputs: [
        { to: 'alice', value: 5 },
        { to: 'bob', value: 'rest' },
      ],
      lockTime: 3,
    },
    t2: { inputs: [{ spends: 't1:1' }], outputs: [{ to: 'alice', value: 'rest' }] },
  },
  blocks: {
    good: { extends: 'f6', transactions: ['t1', 't2'] },
    greedy: { extends: 'good', time: 'mtp+9', coinbase: { to: 'alice', value: { plus: 1 } } },
    other: { extends: 'f2' },
  },
  steps: [
    { at: 10, do: 'send', items: ['f1..f6', 'other'], to: ['n1'] },
    { at: 20, do: 'partition', groups: [['n1'], ['n2', 'n3']] },
    { at: 30, do: 'send', items: ['good', 'greedy'], to: ['n1', 'n2'] },
    { at: 40, do: 'heal' },
    { at: 50, do: 'expect', tip: 'good', nodes: ['n1'] },
    { at: 60, do: 'expect', balance: { of: 'bob', is: 0 } },
  ],
})

/** Fails whenever a block that claims one satoshi too much is sent to n2. */
function greedIsSent(scenario: Scenario): string | undefined {
  const compiled = compileScenario(scenario, chainLookup)
  const sent = compiled.steps.some(
    (step) => step.do === 'send' && step.items.includes('greedy') && (step.to ?? ['n2']).includes('n2'),
  )
  const value = scenario.blocks.greedy?.coinbase.value
  return sent && typeof value === 'object' ? 'amount' : undefined
}

it('keeps what the failure needs and nothing else', () => {
  const result = shrinkScenario(LARGE, greedIsSent)!
  expect(result.signature).toBe('amount')
  expect(greedIsSent(result.scenario)).toBe('amount')
  expect(Object.keys(result.scenario.nodes)).toEqual(['n2'])
  expect(Object.keys(result.scenario.blocks)).toEqual(['greedy'])
  expect(result.scenario.blocks.greedy).toMatchObject({
    extends: 'genesis',
    coinbase: { value: { plus: 1 } },
  })
  expect(result.scenario.transactions).toEqual({})
  expect(result.scenario.steps).toEqual([
    { do: 'send', items: ['greedy'], to: ['n2'], as: 'whole', via: 'submit' },
  ])
})

it('a scenario that does not fail cannot be shrunk', () => {
  expect(shrinkScenario(LARGE, () => undefined)).toBeUndefined()
})

it('stops after so many attempts with the best so far', () => {
  const result = shrinkScenario(LARGE, greedIsSent, 5)!
  expect(result.attempts).toBeLessThanOrEqual(6)
  expect(greedIsSent(result.scenario)).toBe('amount')
})

it('is written without what a reader fills in, and means the same', () => {
  const source = sourceOf(LARGE)
  expect(parseScenario(source)).toEqual(LARGE)
  expect(source.blocks!.other).toEqual({ extends: 'f2' })
  expect(source.requires).toBeUndefined()
})

it('is promoted under a name that its content gives', () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-promote-'))
  const promote = (title: string) => {
    const file = join(folder, 'found.json')
    writeFileSync(file, JSON.stringify({ ...sourceOf(LARGE), title }))
    return promoteScenario(file, join(folder, 'regressions'), chainLookup)
  }
  const first = promote('A large failure')
  expect(first).toMatch(/a-large-failure-[0-9a-f]{8}\.json$/)
  expect(promote('A large failure')).toBe(first)
  expect(parseScenario(JSON.parse(readFileSync(first, 'utf8')))).toEqual(LARGE)
  expect(readdirSync(folder)).toEqual(['regressions'])
})
