import { describe, expect, it } from 'vitest'
import { PROPOSALS, type Upgrade } from '../../../spec/index.ts'
import { createStream } from '../../simulation/index.ts'
import { playBranches, type World } from './branches.ts'
import { DEPLOYMENT_KINDS, type DeploymentKind, playSignalling } from './deployments.ts'
import { exposureOf } from './exposure.ts'
import { PRESETS, playPreset } from './presets.ts'
import { type Activation, lastingProbability, simulateActivation } from './simulate.ts'
import { countOf, spreadOf } from './statistics.ts'

const kindOf = (name: string): DeploymentKind => DEPLOYMENT_KINDS.find((kind) => kind.name === name)!
const base: Omit<Activation, 'enforcing'> = {
  kind: kindOf('flag-day'),
  blind: 0,
  upgraded: 0.5,
  violating: 1,
  blocks: 20,
}
const draftOf = (id: string) => PROPOSALS.find((draft) => draft.id === id)!

describe('the weeks after an activation', () => {
  it.each([0.1, 0.3, 0.45])('a split of %d lasts as often as theory says', (enforcing) => {
    const { lasting, lastingExpected } = simulateActivation({ ...base, enforcing, blocks: 1 }, 20_000, 7)
    expect(lastingExpected).toBeCloseTo(1 - (enforcing / (1 - enforcing)) ** 2, 12)
    expect(lastingExpected).toBeGreaterThanOrEqual(lasting.low)
    expect(lastingExpected).toBeLessThanOrEqual(lasting.high)
  })
  it('a majority that enforces wins every split', () => {
    expect(lastingProbability(0.6)).toBe(0)
    expect(simulateActivation({ ...base, enforcing: 0.9 }, 2000, 7).lasting.value).toBe(0)
  })
  it('nobody splits, is misled or loses a block where nobody breaks the draft', () => {
    const result = simulateActivation({ ...base, enforcing: 0.5, violating: 0, blocks: 100 }, 500, 7)
    expect([result.split.value, result.orphaned.max, result.lightMisled.max]).toEqual([0, 0, 0])
  })
  it('a split comes as often as a block that breaks the draft', () => {
    const world = { ...base, enforcing: 0.6, blind: 0.1, violating: 0.01, blocks: 100 }
    const { split } = simulateActivation(world, 20_000, 7)
    const expected = 1 - (1 - 0.3 * 0.01) ** 100
    expect(expected).toBeGreaterThanOrEqual(split.low)
    expect(expected).toBeLessThanOrEqual(split.high)
  })
  it('light nodes are misled as long as a split lasts, full nodes as far as they are not upgraded', () => {
    const { lightMisled, fullNodesMisled, fullNodesLeftBehind } = simulateActivation(
      { ...base, enforcing: 0.01, upgraded: 0.8, blocks: 2000 },
      500,
      7,
    )
    expect(lightMisled.mean).toBeGreaterThan(0.97)
    expect(fullNodesMisled).toBeCloseTo(0.2 * lightMisled.mean, 12)
    expect(fullNodesLeftBehind).toBeGreaterThan(0.78)
  })
  it('a block is orphaned for each one that is taken back', () => {
    const world: World = { enforcing: 0.9, blind: 0, othersSignalling: 0, violating: 1, blocks: 200 }
    const run = playBranches(world, createStream(5, 'mining'))
    expect(run.healed.length).toBeGreaterThan(5)
    expect(run.orphaned).toBe(run.healed.reduce((sum, { depth }) => sum + depth, 0))
  })
  it('a partition makes those who enforce take back blocks, the more the longer it is', () => {
    const of = (blocks: number) =>
      simulateActivation(
        { ...base, enforcing: 1, violating: 0, blocks: 100, partition: { share: 0.4, blocks } },
        500,
        7,
      )
    expect(of(1).enforcingReversedAtSix.value).toBe(0)
    expect(of(12).enforcingReversedAtSix.value).toBeLessThan(of(60).enforcingReversedAtSix.value)
    expect(of(60).orphaned.mean).toBeGreaterThan(15)
  })
  it('those who cannot read the others never come together again', () => {
    const { split, lasting } = simulateActivation({ ...base, enforcing: 0.9, isUnreadable: true }, 200, 7)
    expect([split.value, lasting.value]).toEqual([1, 1])
  })
  it('two percent of the hash rate need two years for a difficulty period', () => {
    expect(simulateActivation({ ...base, enforcing: 0.02 }, 1, 7).stallDays).toBeCloseTo(700, 9)
  })
})

describe('the signalling for a draft', () => {
  const end = (name: string, signalling: number, opposing = 0) =>
    playSignalling(kindOf(name), { signalling, opposing }, createStream(3, 'mining')).end
  it.each([
    ['bip9', 0.9, 'failed'],
    ['bip9', 0.97, 'in force'],
    ['bip8', 0.85, 'failed'],
    ['bip8', 0.95, 'in force'],
    ['bip8-lock-in', 0.1, 'must signal'],
    ['bip8-lock-in', 0.95, 'in force'],
    ['buried', 0, 'in force'],
    ['flag-day', 0, 'in force'],
    ['expiring', 0.025, 'must signal'],
    ['expiring', 0.6, 'in force'],
    ['heretical', 0.01, 'in force'],
    ['heretical', 0, 'abandoned'],
  ])('%s, %d: %s', (name, signalling, expected) => expect(end(name, signalling)).toBe(expected))
  it('a heretical deployment is abandoned by one block', () => {
    expect(end('heretical', 0.5, 0.01)).toBe('abandoned')
  })
  it('blocks that must signal split the chain although nothing is forbidden yet', () => {
    const activation = { ...base, kind: kindOf('bip8-lock-in'), enforcing: 0.3, violating: 0, blocks: 400 }
    const { split, splitAtOnce } = simulateActivation(activation, 300, 7)
    // 201 blocks of a window may be silent: the split comes when they are used up.
    expect(split.value).toBeGreaterThan(0.99)
    expect(splitAtOnce.value).toBe(0)
    const expiring = simulateActivation({ ...activation, kind: kindOf('expiring') }, 300, 7)
    expect(expiring.splitAtOnce.value).toBeGreaterThan(0.6)
  })
})

describe('what a draft makes of the blocks of others', () => {
  it.each([
    ['bip54', 'every block', 1],
    ['blake2b', 'every block', 1],
    ['bip110', 'ordinary spends', 1],
    ['bip119', 'on purpose', 0.001],
    ['bip433', 'on purpose', 0.001],
  ])('%s: %s', (id, kind, violating) => {
    expect(exposureOf(draftOf(id))).toMatchObject({ kind, violating, isUnreadable: id === 'blake2b' })
  })
  it('says which rule an empty block of today breaks', () => {
    const { because } = exposureOf(draftOf('bip54') as Upgrade)
    expect(because).toContain('bip54-coinbase')
  })
})

describe('splits that happened', () => {
  it.each(PRESETS.map((preset) => [preset.name, preset] as const))('%s', (_, preset) => {
    const { figures } = playPreset(preset, 500, 1)
    expect(figures.length).toBeGreaterThan(3)
    expect(figures.filter(({ isWithin }) => !isWithin)).toEqual([])
  })
  it('are distinguished from others: with ten times the hash rate BIP110 would have gone otherwise', () => {
    const preset = PRESETS.find(({ name }) => name === 'bip110')!
    const activation = { ...preset.activation, enforcing: 0.2 }
    const { figures } = playPreset({ ...preset, activation }, 300, 1)
    expect(figures.filter(({ isWithin }) => !isWithin).map(({ what }) => what)).toContain(
      'signals in the best window',
    )
  })
})

describe('counts and spreads', () => {
  it('a share finds that share of the blocks', () => {
    const stream = createStream(1, 'mining')
    for (const share of [0, 0.01, 0.3, 0.7, 1]) {
      const { low, high } = spreadOf(Array.from({ length: 2000 }, () => countOf(100, share, stream)))
      expect(low - 0.2).toBeLessThanOrEqual(100 * share)
      expect(high + 0.2).toBeGreaterThanOrEqual(100 * share)
    }
  })
})
