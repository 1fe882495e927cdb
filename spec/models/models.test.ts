import { describe, expect, it } from 'vitest'
import type { Module } from '../language/index.ts'
import { deployment } from './deployment.ts'
import { forkChoice } from './fork-choice.ts'
import { MODELS } from './index.ts'

/** Every reachable state once, breadth first. */
function* reachable<State>(model: Module<State>): Generator<State, void> {
  const seen = new Set<bigint>()
  let wave = [...model.init]
  while (wave.length > 0) {
    const next: State[] = []
    for (const state of wave) {
      const key = model.pack(state)
      if (seen.has(key)) continue
      seen.add(key)
      yield state
      for (const step of model.steps(state)) next.push(step.state)
    }
    wave = next
  }
}

const COUNTS = { forkChoice: 2312, deployment: 228 }

describe.each([...MODELS])('%s', (_, model) => {
  const states = [...reachable(model)]
  it('keeps its invariants in every state', () => {
    for (const [name, holds] of Object.entries(model.invariants))
      expect(
        states.filter((state) => !holds(state)).map((state) => `${name}: ${model.print(state)}`),
      ).toEqual([])
  })
  it.each(Object.keys(model.witnesses))('shows that %s', (name) => {
    expect(states.some(model.witnesses[name]!)).toBe(true)
  })
  it('packs states into numbers that differ', () => {
    expect(new Set(states.map(model.pack)).size).toBe(states.length)
  })
})

describe('the number of states', () => {
  it('is pinned', () => {
    expect([...reachable(forkChoice)].length).toBe(COUNTS.forkChoice)
    expect([...reachable(deployment)].length).toBe(COUNTS.deployment)
  })
  it('follows the constants', () => {
    expect([...reachable(forkChoice.withConstants({ blocks: 1, nodes: 1, work: [1] }))]).toEqual([
      { parents: [0], work: [1], stored: [[0]], tip: [0] },
      { parents: [0], work: [1], stored: [[0, 1]], tip: [1] },
    ])
  })
})

describe('agreement', () => {
  it('is reached where every block has come to every node and one branch is best', () => {
    const property = forkChoice.properties.everyNodeAgrees!
    if (property.kind !== 'leads-to') throw new Error('leads-to')
    const ends = [...reachable(forkChoice)].filter((state) => [...forkChoice.steps(state)].length === 0)
    expect(ends.filter((state) => property.from(state) && !property.to(state))).toEqual([])
    expect(ends.some((state) => !property.from(state) && !property.to(state))).toBe(true)
  })
})
