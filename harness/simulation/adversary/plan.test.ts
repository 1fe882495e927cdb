import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { around } from '../../generators/index.ts'
import { FAULT_CLASSES, type FaultClass, QUIET_CLASSES } from './fault-classes.ts'
import { planArbitrary } from './plan.ts'
import { nodesOf } from './topology.ts'

/** Classes whose acts have another name. */
const UNNAMED: ReadonlySet<FaultClass> = new Set(['invalid-block', 'malformed'])

describe('plans', () => {
  it('hold every kind of act and every class of trouble before long', () => {
    const plans = fc.sample(planArbitrary(40, false), { numRuns: 60, seed: 1 })
    const acts = new Set(plans.flatMap((plan) => plan.acts.map(({ act }) => act.act)))
    const named = [...FAULT_CLASSES].filter((one) => acts.has(one as never))
    expect(named).toEqual(
      FAULT_CLASSES.slice(FAULT_CLASSES.indexOf('crash')).filter((one) => !UNNAMED.has(one)),
    )
    for (const act of ['mine', 'pay', 'fork', 'lock-edge', 'mature-edge', 'partition', 'bad-block', 'babble'])
      expect(acts).toContain(act)
    expect(new Set(plans.flatMap((plan) => plan.faults))).toEqual(new Set(FAULT_CLASSES))
  })

  it('that are quiet let no machine and no message fail', () => {
    for (const plan of fc.sample(planArbitrary(10, true), { numRuns: 20, seed: 1 }))
      expect(plan.faults).toEqual([...QUIET_CLASSES])
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
