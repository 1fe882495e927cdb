import { describe, expect, it } from 'vitest'
import { chainLookup, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { simulate } from '../run/simulate.ts'
import type { PlanSetup } from './play-plan.ts'
import { runSeed, shrinkSeed } from './run-seed.ts'
import { signatureOf } from './signature.ts'

const createNode = createNodeFactory()
const oracle = createSpecOracle()
const setup: PlanSetup = { nodes: 3, chains: chainLookup, createNode, oracle }

/** A node that forgets what its coins add up to from height 8 on. */
const forgetful: NodeFactory = (nodeSetup) => {
  const node = createNode(nodeSetup)
  const { view } = node
  return {
    step: (event, now) => node.step(event, now),
    view: {
      tip: () => view.tip(),
      coinDigest: () => (view.tip().height < 8 ? view.coinDigest() : '00'.repeat(32)),
      coinCount: () => view.coinCount(),
      balanceOf: (script) => view.balanceOf(script),
      mempool: () => view.mempool(),
      medianTimePast: () => view.medianTimePast(),
      status: (block) => view.status(block),
    },
  }
}

describe('a seed', () => {
  it('gives the same run each time, whatever was played before it', () => {
    const first = runSeed(11, 'swarm', setup)
    runSeed(12, 'swarm', setup)
    const again = runSeed(11, 'swarm', { ...setup, oracle: createSpecOracle() })
    expect(again).toEqual({ ...first, elapsedMs: again.elapsedMs })
    expect(first.events).toBeGreaterThan(100)
  })

  it('gives the same events whether or not the specification looks on', () => {
    const watched = runSeed(13, 'lite', setup)
    expect(watched.outcome).toBe('pass')
    expect(runSeed(13, 'perf', { ...setup, oracle: undefined }).eventHash).toBe(watched.eventHash)
  })

  it('that fails becomes a scenario of a handful of steps, which fails in the same way and only on that node', () => {
    const broken = { ...setup, createNode: forgetful }
    const shrunk = shrinkSeed(21, 'swarm', broken, 20_000)!
    expect(shrunk.signature).toBe('digest')
    expect(shrunk.stepsAfter).toBeLessThan(12)
    expect(shrunk.stepsAfter).toBeLessThan(shrunk.stepsBefore)
    const compiled = compileScenario(parseScenario(shrunk.scenario), chainLookup)
    expect(signatureOf(simulate(compiled, forgetful, { oracle }))).toBe('digest')
    expect(simulate(compiled, createNode, { oracle }).outcome).toBe('pass')
  })

  it('draws no class of faults that is left out', () => {
    const { faults } = runSeed(11, 'swarm', setup)
    const without = faults.slice(0, 3)
    expect(runSeed(11, 'swarm', { ...setup, without }).faults).toEqual(faults.slice(3))
  })

  it('that passes has nothing to shrink', () => {
    expect(shrinkSeed(11, 'swarm', setup, 1_000)).toBeUndefined()
  })
})
