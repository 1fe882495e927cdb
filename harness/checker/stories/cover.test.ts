import { describe, expect, it } from 'vitest'
import { MODELS, type Module } from '../../../spec/index.ts'
import { chainLookup, createEngine, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import { compileScenario, parseScenario, type ScenarioSource } from '../../scenario/index.ts'
import { replayOnEngine, simulate } from '../../simulation/index.ts'
import { explore } from '../explore/explore.ts'
import { coverOf } from './cover.ts'

const compiled = (source: ScenarioSource) => compileScenario(parseScenario(source), chainLookup)
const MEMORY = { scenariosMax: 1000, memoryBytesMax: 2 ** 28 }
const FORK_CHOICE = MODELS.get('fork-choice')!

// biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
type Adjustable = Module<any> & { withConstants(constants: object): Module<any> }

describe.each([
  ['fork-choice', { nodes: 1 }, ['send']],
  ['network', { blocks: 2 }, ['send', 'stop', 'restart']],
])('the scenarios of %s', (name, constants, kinds) => {
  const model = (MODELS.get(name)! as Adjustable).withConstants(constants)
  const cover = coverOf(model, MEMORY)!

  it('are as many as there are tales, for as many steps as the graph has', () => {
    const { actions } = explore(model)
    expect(cover.steps).toBe(actions.reduce((sum, { taken }) => sum + taken, 0))
    expect(cover.scenarios).toHaveLength(cover.tales)
  })
  it('differ from each other', () => {
    const texts = cover.scenarios.map(({ steps, blocks, transactions }) =>
      JSON.stringify([steps, blocks, transactions]),
    )
    expect(new Set(texts).size).toBe(texts.length)
  })
  it('have every kind of step that a node can go through', () => {
    const taken = new Set(cover.scenarios.flatMap(({ steps }) => steps.map((step) => step.do)))
    expect([...taken]).toEqual(expect.arrayContaining(kinds))
  })
  it('pass on the node and on the specification', () => {
    const setup = { oracle: createSpecOracle() }
    for (const source of cover.scenarios.filter((_, index) => index % 7 === 0)) {
      expect(simulate(compiled(source), createNodeFactory(), setup)).toMatchObject({ outcome: 'pass' })
      expect(replayOnEngine(compiled(source), createEngine('spec')).status).not.toBe('fail')
    }
  })
})

it('fewer are asked for than there are', () => {
  const { scenarios, tales } = coverOf(FORK_CHOICE, { ...MEMORY, scenariosMax: 2 })!
  expect([scenarios.length, tales > 2]).toEqual([2, true])
  expect(coverOf(FORK_CHOICE, { ...MEMORY, memoryBytesMax: 1 })).toBeUndefined()
})
