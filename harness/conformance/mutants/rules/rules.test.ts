import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Ask, askRule } from '../../../../spec/index.ts'
import { chainLookup } from '../../../adapters/index.ts'
import { readCorpus } from '../../../scenario/index.ts'
import { listRules } from '../../coverage/index.ts'
import { createScenarioKiller } from './by-scenario.ts'
import { askMutant, mutantName, mutantsOf } from './mutation.ts'

const SCENARIOS = fileURLToPath(new URL('../../../../scenarios', import.meta.url))
const rules = listRules().map(({ rule }) => rule)
const ruleOf = (id: string) => rules.find((rule) => rule.id === id)!

describe('mutants of a rule', () => {
  const maturity = ruleOf('coinbase-maturity')
  const deep = (depth: number, ask: Ask) =>
    ask(maturity, { coin: { isCoinbase: true, height: 1 }, spendHeight: 1 + depth }, {
      coinbaseMaturityBlocks: 3,
    } as never)
  const isKept = (ask: Ask) => [2, 3, 4].map((depth) => deep(depth, ask) === 'ok')

  it('are dropped, negated, and moved by one each way', () => {
    expect(mutantsOf(maturity).map(({ change }) => change)).toEqual([
      'drop',
      'negate',
      'coinbaseMaturityBlocks+1',
      'coinbaseMaturityBlocks-1',
    ])
    expect(mutantsOf(ruleOf('no-timewarp')).map(({ change }) => change)).toContain('!enforceBip94')
  })

  it.each([
    ['drop', [true, true, true]],
    ['negate', [true, false, false]],
    ['coinbaseMaturityBlocks+1', [false, false, true]],
    ['coinbaseMaturityBlocks-1', [true, true, true]],
  ])('%s, and the rule stays as it is', (change, kept) => {
    expect(isKept(askMutant({ rule: maturity, change }))).toEqual(kept)
    expect(isKept(askRule)).toEqual([false, true, true])
  })
})

it('scenarios find every mutant of every rule, but of one that no block can break', {
  timeout: 300_000,
}, () => {
  const killer = createScenarioKiller(rules, readCorpus([SCENARIOS], chainLookup))
  const survivors = rules.flatMap(mutantsOf).filter((mutant) => killer(mutant) === undefined)
  expect(survivors.map(mutantName)).toEqual(['fee-in-range drop', 'fee-in-range maxMoneySats+1'])
})
