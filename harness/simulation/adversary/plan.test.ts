import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { around } from '../../generators/index.ts'
import { DISK_FAULTS, scenarioSchema } from '../../scenario/index.ts'
import { DISTURBANCES, type Disturbance, MESSAGE_DISTURBANCES } from '../disturbances/index.ts'
import { ACT_KINDS, HAZARDS, QUIET_HAZARDS } from './hazards.ts'
import { planArbitrary } from './plan.ts'
import { nodesOf } from './topology.ts'

describe('plans', () => {
  it('hold every kind of act and every hazard before long', () => {
    const plans = fc.sample(planArbitrary(40, false), { numRuns: 60, seed: 1 })
    const acts = new Set(plans.flatMap((plan) => plan.acts.map(({ act }) => act.name)))
    expect([...acts].sort()).toEqual(ACT_KINDS.map(({ name }) => name).sort())
    expect(new Set(plans.flatMap((plan) => plan.hazards))).toEqual(new Set(HAZARDS))
  })

  it('name every hazard once, and bring each about by an act or by messages', () => {
    expect(new Set(HAZARDS).size).toBe(HAZARDS.length)
    const all: readonly Disturbance[] = DISTURBANCES
    for (const { name, act, message } of all) {
      expect((act === undefined) !== (message === undefined), name).toBe(true)
      if (act !== undefined) expect(act.name).toBe(name)
    }
  })

  it('give every fault of the format its disturbance', () => {
    const faults = scenarioSchema.shape.network.unwrap().shape.faults.unwrap().element.shape.kind.options
    expect([...MESSAGE_DISTURBANCES.keys()].sort()).toEqual([...faults].sort())
    const names = DISTURBANCES.map(({ name }) => name).filter((name) => name.startsWith('disk-'))
    expect(['disk-ok', ...names].sort()).toEqual(DISK_FAULTS.map((fault) => `disk-${fault}`).sort())
  })

  it('that are quiet let no machine and no message fail', () => {
    for (const plan of fc.sample(planArbitrary(10, true), { numRuns: 20, seed: 1 }))
      expect(plan.hazards).toEqual(QUIET_HAZARDS)
  })
})

it('around a limit most values are at it or one off', () => {
  const values = fc.sample(around(100, 50), { numRuns: 1000, seed: 1 })
  expect(values.filter((value) => Math.abs(value - 100) <= 1).length).toBeGreaterThan(600)
  for (const value of [99, 100, 101]) expect(values).toContain(value)
  expect(values.some((value) => Math.abs(value - 100) > 10)).toBe(true)
})

it.each([0, 1, 2, 3])('topology %i joins all nodes, however many there are', (shape) => {
  for (const count of [2, 3, 5, 8]) {
    const nodes = nodesOf(shape, count)
    const reached = new Set(['n1'])
    for (const name of reached)
      for (const [other, { peers }] of Object.entries(nodes))
        if (peers.includes(name) || nodes[name]!.peers.includes(other)) reached.add(other)
    expect(reached.size).toBe(count)
  }
})
