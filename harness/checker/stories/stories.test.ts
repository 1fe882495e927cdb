import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { MODELS } from '../../../spec/index.ts'
import { chainLookup, createEngine, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import { BUG_BANK, buildBundle } from '../../conformance/index.ts'
import { compileScenario, parseScenario, type ScenarioSource } from '../../scenario/index.ts'
import { replayOnEngine, simulate } from '../../simulation/index.ts'
import { check } from '../check.ts'
import { createChance } from '../walk/chance.ts'
import { walk } from '../walk/walk.ts'
import { REPLAYABLE_MODELS, scenarioOf } from './index.ts'

const FLAWS = [...MODELS].flatMap(([name, model]) =>
  REPLAYABLE_MODELS.includes(model.name)
    ? model.presets.filter((preset) => preset.startsWith('flaw: ')).map((flaw) => [name, flaw] as const)
    : [],
)

function scenarioOfFlaw(name: string, flaw: string): ScenarioSource {
  const model = MODELS.get(name)!.withPreset(flaw)
  return scenarioOf(model, check(model).violation!)!
}

const compiled = (source: ScenarioSource) => compileScenario(parseScenario(source), chainLookup)
const playOnNode = (source: ScenarioSource) =>
  simulate(compiled(source), createNodeFactory(), { oracle: createSpecOracle() })

describe.each(FLAWS)('%s, %s', (name, flaw) => {
  const source = scenarioOfFlaw(name, flaw)
  it('its counterexample replays on the node, which has no such flaw', () => {
    const { outcome, reason } = playOnNode(source)
    expect([outcome, reason]).toEqual(['pass', undefined])
  })
  it('and on the specification, which cannot be stopped', () => {
    const { status } = replayOnEngine(compiled(source), createEngine('spec'))
    expect(status).toBe(source.steps.some((step) => step.do === 'stop') ? 'not-applicable' : 'pass')
  })
})

describe('what is expected', () => {
  it('is that the tie stays where it was, and a step is as long as the counterexample', () => {
    const { steps, blocks } = scenarioOfFlaw('network', 'flaw: takes-ties')
    expect(Object.keys(blocks!)).toEqual(['first', 'b1', 'b2'])
    expect(steps.slice(-2)).toEqual([
      { do: 'send', items: ['b2'] },
      { do: 'expect', tip: 'b1' },
    ])
  })
  it('is that who spends twice is refused', () => {
    expect(scenarioOfFlaw('network', 'flaw: spends-twice').steps.at(-2)).toMatchObject({
      verdict: { item: 'b2', outcome: 'rejected' },
    })
  })
  it('is that a node left behind catches up', () => {
    const { steps } = scenarioOfFlaw('network', 'flaw: deaf-after-crash')
    expect(steps.map((step) => step.do)).toEqual(expect.arrayContaining(['stop', 'restart']))
    expect(steps.at(-1)).toMatchObject({ tip: 'b3' })
  })
  it('follows from what a walk found, too', () => {
    const model = MODELS.get('network')!.withPreset('flaw: takes-ties')
    const { violation } = walk(model, { walks: 1000, lengthMax: 40, chance: createChance(7) })
    expect(playOnNode(scenarioOf(model, violation!)!).outcome).toBe('pass')
  })
})

describe('a node with the flaw', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  mkdirSync(join(root, 'node_modules/.cache/touchstone'), { recursive: true })
  const folder = mkdtempSync(join(root, 'node_modules/.cache/touchstone/stories-test-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  it('fails the scenario', { timeout: 60_000 }, async () => {
    const path = join(folder, 'takes-ties.json')
    writeFileSync(path, JSON.stringify(scenarioOfFlaw('network', 'flaw: takes-ties')))
    const { cli } = await buildBundle(root, folder, BUG_BANK.find(({ id }) => id === 'F02')!)
    const replayed = promisify(execFile)(process.execPath, [cli, 'replay', path])
    await expect(replayed).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('FAIL') })
  })
})
