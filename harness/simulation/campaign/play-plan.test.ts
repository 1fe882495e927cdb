import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../reports/index.ts'
import { chainLookup } from '../../adapters/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import { compileScenario, parseScenario, sourceOf } from '../../scenario/index.ts'
import { HAZARDS, type Hazard } from '../adversary/hazards.ts'
import { type Plan, planArbitrary } from '../adversary/plan.ts'
import { simulate } from '../run/simulate.ts'
import { firstDifference } from '../simulator/event-hash.ts'
import { createToyNode } from '../simulator/toy-node.ts'
import { playPlan } from './play-plan.ts'
import { signatureOf } from './signature.ts'

const genesis = compileScenario(
  parseScenario({
    format: 'touchstone-scenario/1',
    title: 'x',
    story: 'x',
    sources: ['x'],
    steps: [{ do: 'heal' }],
  }),
  chainLookup,
).items.get('genesis')!.hash
const createNode: NodeFactory = (setup) => createToyNode(setup, genesis)

const play = (plan: Plan) => playPlan(plan, { nodes: 4, createNode, chains: chainLookup, traced: true })

const HARMLESS: ReadonlySet<Hazard> = new Set([
  'duplicate',
  'halves',
  'isolate',
  'all-apart',
  'one-way',
  'hold',
  'bridge',
  'ring',
  'flapping',
  'wipe',
  'stop',
  'pause',
  'disk-slow',
  'clock-step',
  'clock-drift',
  'race',
])

/** Plans whose blocks a node may believe blindly. */
const harmless = planArbitrary(12, false).map((plan) => ({
  ...plan,
  // It neither asks again for what came in the wrong order nor keeps what nobody sent it.
  hazards: plan.hazards.filter((hazard) => HARMLESS.has(hazard)),
  acts: plan.acts.filter(({ act }) => !['lock-edge', 'mature-edge', 'fork'].includes(act.name)),
}))

describe('a plan', () => {
  it('becomes a scenario that replays it, event by event', () => {
    fc.assert(
      fc.property(planArbitrary(12, false), (plan) => {
        const { result, scenario } = play(plan)
        const stored = parseScenario(JSON.parse(JSON.stringify(scenario)))
        const again = simulate(compileScenario(stored, chainLookup), createNode, { traced: true })
        const at = firstDifference(result.trace!, again.trace!)
        if (at !== undefined) expect(again.trace![at]).toBe(result.trace![at])
        expect(again.eventHash).toBe(result.eventHash)
        expect(signatureOf(again)).toBe(signatureOf(result))
      }),
      { numRuns: 30, seed: 1 },
    )
  })

  it('does everything that there is to do before long', () => {
    const happened = new Set<string>()
    for (const plan of fc.sample(planArbitrary(40, false), { numRuns: 40, seed: 5 }))
      for (const mark of play({ ...plan, hazards: HAZARDS }).result.marks) happened.add(mark)
    expect(HAZARDS.filter((hazard) => !happened.has(hazard))).toEqual([])
  })

  it('leaves its draw of hazards in the record of its run', () => {
    const [plan] = fc.sample(planArbitrary(5, false), { numRuns: 1, seed: 4 })
    const lines: RunRecord[] = []
    const drawn = { ...plan!, hazards: ['loss', 'pause'] as const }
    playPlan(drawn, { nodes: 2, createNode, chains: chainLookup, record: (line) => lines.push(line) })
    expect(lines[0]).toMatchObject({ type: 'run', faults: ['loss', 'pause'] })
  })

  it('becomes a file as short as people write them, which means the same', () => {
    const [plan] = fc.sample(harmless, { numRuns: 1, seed: 3 })
    const { scenario } = play(plan!)
    expect(parseScenario(sourceOf(scenario))).toEqual(parseScenario(JSON.parse(JSON.stringify(scenario))))
  })

  it('brings every node to one tip, however the network was parted and paused', () => {
    fc.assert(
      fc.property(harmless, (plan) => {
        const { result } = play(plan)
        expect(result.reason).toBeUndefined()
        expect(result.marks).toContain('converged')
      }),
      { numRuns: 20, seed: 2 },
    )
  })
})
