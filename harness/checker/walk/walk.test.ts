import { describe, expect, it } from 'vitest'
import { stepsFrom } from '../../../spec/index.ts'
import { CLASSICS } from '../classics/index.ts'
import { explore } from '../explore/explore.ts'
import { type Arrow, graphModel } from '../testing.ts'
import { createChance } from './chance.ts'
import { walk } from './walk.ts'

const twoPhase = CLASSICS.get('two-phase')!.model

describe('chance', () => {
  it('follows from the seed and is even', () => {
    const draw = (seed: number) => {
      const chance = createChance(seed)
      return Array.from({ length: 6000 }, () => chance(6))
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
    for (let face = 0; face < 6; face++) {
      const share = draw(7).filter((value) => value === face).length / 6000
      expect(share).toBeGreaterThan(0.15)
      expect(share).toBeLessThan(0.19)
    }
  })
})

describe('random walks', () => {
  it('see the same with the same seed', () => {
    const see = (seed: number) => walk(twoPhase, { walks: 50, lengthMax: 30, chance: createChance(seed) })
    expect(see(3)).toEqual(see(3))
    expect(see(3)).not.toEqual(see(4))
  })
  it('see most states of two-phase commit, and say how many they have not seen', () => {
    const { distinct, coverage, violation } = walk(twoPhase, {
      walks: 1500,
      lengthMax: 100,
      chance: createChance(1),
    })
    expect(violation).toBeUndefined()
    expect(distinct).toBeGreaterThan(0.8 * 288)
    expect(coverage).toBeGreaterThan(0.98)
  })
  it('choose among the states that follow, not among the steps to them', () => {
    // Ten steps lead from 0 to 1 and one to 2: each is as likely.
    const arrows: Arrow[] = [...'ABCDEFGHIJ'].map((name) => [name, 0, 1])
    const model = graphModel({ count: 3, init: [0], arrows: [...arrows, ['K', 0, 2]] })
    const counted = { ...model, sometimes: { two: ({ at }: { at: number }) => at === 2 } }
    const { sometimes } = walk(counted, { walks: 1000, lengthMax: 2, chance: createChance(5) })
    expect(sometimes.two).toBeGreaterThan(400)
    expect(sometimes.two).toBeLessThan(600)
  })
})

describe('what a walk finds', () => {
  const jugs = CLASSICS.get('jugs')!.model
  it('is minimised to a shortest way', () => {
    const { violation, found } = walk(jugs, { walks: 1000, lengthMax: 200, chance: createChance(11) })
    expect(violation?.name).toBe('isNotYetThere')
    expect(violation?.trace).toHaveLength(explore(jugs).violation!.trace.length)
    expect(found).toBeGreaterThan(violation!.trace.length)
    for (const [index, { state }] of violation!.trace.slice(1).entries())
      expect([...stepsFrom(jugs, violation!.trace[index]!.state)].map((step) => step.state)).toContainEqual(
        state,
      )
  })
  it('may be a deadlock', () => {
    const arrows: Arrow[] = [
      ['A', 0, 1],
      ['A', 1, 0],
      ['B', 1, 2],
    ]
    const model = { ...graphModel({ count: 3, init: [0], arrows }), ends: () => false }
    const { violation } = walk(model, { walks: 100, lengthMax: 50, chance: createChance(2) })
    expect([violation?.kind, violation?.trace.map(({ state }) => state.at)]).toEqual(['deadlock', [0, 1, 2]])
  })
  it('may be a step', () => {
    const arrows: Arrow[] = [
      ['A', 0, 1],
      ['A', 1, 2],
      ['A', 2, 0],
    ]
    const model = graphModel({
      count: 3,
      init: [0],
      arrows,
      properties: ({ alwaysStep }) => ({ grows: alwaysStep((before, after) => after.at > before.at) }),
    })
    const { violation } = walk(model, { walks: 100, lengthMax: 50, chance: createChance(2) })
    expect([violation?.kind, violation?.trace.map(({ state }) => state.at)]).toEqual(['step', [0, 1, 2, 0]])
  })
})
