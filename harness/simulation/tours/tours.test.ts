import { describe, expect, it } from 'vitest'
import { chainLookup, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import { reach, stateKeys } from '../../checker/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import { runSeed } from '../campaign/run-seed.ts'
import { TOURED } from './episode.ts'
import { playTour } from './play-tour.ts'
import { shareOf } from './share.ts'

const setup = { nodes: 3, chains: chainLookup, createNode: createNodeFactory(), oracle: createSpecOracle() }

const EPISODES = 3

function tour(seed: number, number = 0, visited = new Set<string>()) {
  return { visited, ...playTour(seed, number, setup, visited, EPISODES) }
}

describe('a tour', () => {
  it('goes through states of the network model, with a cut, a crash and a payment that is replaced', () => {
    const { visited, result } = tour(3)
    expect([result.outcome, result.reason]).toEqual(['pass', undefined])
    expect(visited.size).toBeGreaterThan(10 * EPISODES)
    expect(result.marks).toEqual(expect.arrayContaining(['partition', 'crash', 'reorg', 'conflict']))
  }, 120_000)
  it('is the same each time, and another one for another seed or number', () => {
    const keys = ({ visited }: ReturnType<typeof tour>) => [...visited]
    expect(keys(tour(3))).toEqual(keys(tour(3)))
    expect(keys(tour(3))).not.toEqual(keys(tour(4)))
    expect(keys(tour(3))).not.toEqual(keys(tour(3, 1)))
  })
  it('does what leads to states that are not visited yet', () => {
    const once = tour(5).visited
    const twice = tour(5, 1, new Set(once)).visited
    const blind = tour(5, 1).visited
    const fresh = (keys: ReadonlySet<string>) => [...keys].filter((key) => !once.has(key)).length
    expect(fresh(twice)).toBeGreaterThanOrEqual(fresh(blind))
    expect(twice.size).toBeGreaterThan(once.size + 10 * EPISODES)
  })
  it('fails the seed when a node is wrong in it', () => {
    const createNode: NodeFactory = (nodeSetup) => {
      const node = setup.createNode(nodeSetup)
      const { view } = node
      return {
        step: (event, now) => node.step(event, now),
        view: {
          tip: () => view.tip(),
          coinDigest: () => (view.tip().height < 7 ? view.coinDigest() : '00'.repeat(32)),
          coinCount: () => view.coinCount(),
          balanceOf: (script) => view.balanceOf(script),
          mempool: () => view.mempool(),
          medianTimePast: () => view.medianTimePast(),
          status: (block) => view.status(block),
        },
      }
    }
    expect(playTour(3, 0, { ...setup, createNode }, new Set(), 1).result.outcome).toBe('fail')
  })
})

describe('a seed with tours', () => {
  it('plays the same plan, and says what it has visited', () => {
    const plain = runSeed(11, 'lite', setup)
    const touring = runSeed(11, 'lite', { ...setup, tours: 1 })
    expect([plain.visited, touring.eventHash]).toEqual([undefined, plain.eventHash])
    expect(touring.visited!.length).toBeGreaterThan(100)
  }, 120_000)
})

describe('the share', () => {
  const model = {
    ...TOURED,
    init: [{ ...TOURED.init[0]!, parent: [0, 1, 2, 3], cutsLeft: 0, crashesLeft: 0 }],
  }
  it('counts the states that are visited, those that are not, and those that the model does not have', () => {
    const { count } = reach(model)
    const share = shareOf(new Set([stateKeys(model)(model.init[0]!), 'nonsense']), model)
    expect(share).toMatchObject({ states: count, visited: 1, outside: 1 })
    expect(share.groups).toEqual([
      { group: '4 mined, after the cut, after the crash', states: count, visited: 1 },
    ])
  })
})
