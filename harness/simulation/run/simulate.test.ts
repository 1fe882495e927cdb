import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../reports/index.ts'
import { chainLookup, createNodeFactory } from '../../adapters/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import { compileScenario, parseScenario, type ScenarioSource } from '../../scenario/index.ts'
import { firstDifference } from '../simulator/event-hash.ts'
import { createToyNode } from '../simulator/toy-node.ts'
import { simulate } from './simulate.ts'
import type { WatchOptions } from './world.ts'

const base = {
  format: 'touchstone-scenario/1',
  title: 'three toy nodes',
  story: 'Blocks go from one node to the others.',
  sources: ['a test of the simulator'],
  nodes: { n1: { peers: ['n2'] }, n2: { peers: ['n3'] }, n3: {} },
  blocks: {
    b1: { extends: 'genesis' },
    b2: { extends: 'b1' },
    c2: { extends: 'b1' },
    c3: { extends: 'c2' },
  },
} satisfies Omit<ScenarioSource, 'steps'>

function play(
  source: ScenarioSource,
  options: WatchOptions = {},
  spoil?: (factory: NodeFactory) => NodeFactory,
) {
  const compiled = compileScenario(parseScenario(source), chainLookup)
  const genesis = compiled.items.get('genesis')!.hash
  const toys: NodeFactory = (setup) => createToyNode(setup, genesis)
  return simulate(compiled, spoil?.(toys) ?? toys, options)
}

const send = (item: string, to: string, at: number) => ({ do: 'send' as const, items: [item], to: [to], at })
const tip = (name: string, nodes: string[], at: number) => ({ do: 'expect' as const, nodes, tip: name, at })

describe('the network', () => {
  it('carries a block from link to link, each after its latency', () => {
    const result = play({
      ...base,
      network: { latencyMs: 50, links: [{ between: ['n3', 'n2'], latencyMs: 20 }] },
      steps: [
        send('b1', 'n1', 0),
        tip('b1', ['n1'], 0),
        tip('genesis', ['n2'], 49),
        tip('b1', ['n2'], 50),
        tip('genesis', ['n3'], 69),
        tip('b1', ['n1', 'n2', 'n3'], 70),
      ],
    })
    expect(result).toMatchObject({ outcome: 'pass', virtualMs: 70 })
  })

  it('parts, and finds together again when it heals', () => {
    const result = play({
      ...base,
      steps: [
        send('b1', 'n1', 0),
        { do: 'partition', groups: [['n1', 'n2'], ['n3']], at: 200 },
        send('b2', 'n1', 300),
        send('c2', 'n3', 300),
        send('c3', 'n3', 400),
        tip('b2', ['n1', 'n2'], 1000),
        tip('c3', ['n3'], 1000),
        { do: 'heal', at: 2000 },
        { do: 'expect', agree: true, tip: 'c3', withinMs: 200 },
      ],
    })
    expect(result.reason).toBeUndefined()
    expect(result.marks).toEqual(expect.arrayContaining(['partition', 'heal', 'reorg']))
  })

  it.each([
    ['drop', 0, 'genesis', 'genesis'],
    ['delay', 500, 'genesis', 'b1'],
    ['duplicate', 10, 'b1', 'b1'],
  ] as const)('does to one message what the scenario says: %s', (kind, argument, early, late) => {
    const faults = [{ from: 'n1', to: 'n2', message: 0, kind, argument }]
    const steps = [send('b1', 'n1', 0), tip(early, ['n2'], 100), tip(late, ['n2'], 600)]
    expect(play({ ...base, network: { faults }, steps }).reason).toBeUndefined()
  })

  it('corrupts one byte of one message, which is then as good as lost', () => {
    const faults = [{ from: 'n1', to: 'n2', message: 0, kind: 'corrupt' as const, argument: 90 }]
    const result = play({
      ...base,
      network: { faults },
      steps: [
        send('b1', 'n1', 0),
        tip('genesis', ['n2'], 100),
        send('b1', 'n2', 200),
        tip('b1', ['n2'], 300),
      ],
    })
    expect(result.marks).toContain('corrupt')
    expect(result.divergence).toBeUndefined()
    expect(result.reason).toBeUndefined()
  })

  it('holds messages back and lets them go in order', () => {
    const result = play({
      ...base,
      steps: [
        { do: 'link', between: ['n1', 'n2'], state: 'hold', at: 0 },
        send('b1', 'n1', 0),
        send('b2', 'n1', 10),
        tip('genesis', ['n2'], 500),
        { do: 'link', between: ['n1', 'n2'], state: 'up', at: 600 },
        tip('b2', ['n2'], 700),
      ],
    })
    expect(result.reason).toBeUndefined()
  })

  it('may be deaf in one direction only, and recovers when it heals', () => {
    const result = play({
      ...base,
      steps: [
        { do: 'link', between: ['n1', 'n2'], state: 'down', oneWay: true, at: 100 },
        send('b1', 'n1', 200),
        tip('genesis', ['n2'], 400),
        { do: 'heal', at: 500 },
        tip('b1', ['n2'], 700),
      ],
    })
    expect(result.reason).toBeUndefined()
  })
})

describe('machines', () => {
  it('crash at a write, lose what was not synced, and catch up', () => {
    const result = play({
      ...base,
      steps: [
        send('b1', 'n1', 0),
        // The toy node appends, then syncs: the second write is the sync of b2.
        { do: 'crash', node: 'n1', atWrite: 1, at: 100 },
        send('b2', 'n1', 200),
        tip('b1', ['n2'], 400),
        { do: 'restart', node: 'n1', at: 500 },
        tip('b1', ['n1'], 500),
        send('b2', 'n2', 600),
        tip('b2', ['n1', 'n2', 'n3'], 800),
      ],
    })
    expect(result.reason).toBeUndefined()
    expect(result.marks).toEqual(expect.arrayContaining(['crash', 'restart']))
  })

  it('pause and take up what has come in the meantime', () => {
    const result = play({
      ...base,
      steps: [
        { do: 'pause', node: 'n2', at: 0 },
        send('b1', 'n1', 10),
        tip('genesis', ['n2', 'n3'], 500),
        { do: 'resume', node: 'n2', at: 600 },
        tip('b1', ['n2'], 600),
        tip('b1', ['n3'], 700),
      ],
    })
    expect(result.reason).toBeUndefined()
  })
})

describe('a run', () => {
  const story: ScenarioSource = {
    ...base,
    network: { faults: [{ from: 'n1', to: 'n2', message: 1, kind: 'delay', argument: 7 }] },
    steps: [
      send('b1', 'n1', 0),
      send('c2', 'n3', 105),
      send('b2', 'n1', 106),
      send('c3', 'n2', 200),
      tip('c3', ['n1'], 400),
    ],
  }

  it('is the same each time, and says where it differs from another', () => {
    const first = play(story, { traced: true })
    const second = play(story, { traced: true })
    expect(second.eventHash).toBe(first.eventHash)
    expect(firstDifference(first.trace!, second.trace!)).toBeUndefined()
    const faults = [{ from: 'n1', to: 'n2', message: 1, kind: 'delay' as const, argument: 8 }]
    const other = play({ ...story, network: { faults } }, { traced: true })
    expect(other.eventHash).not.toBe(first.eventHash)
    const at = firstDifference(first.trace!, other.trace!)!
    expect(other.trace![at]).toContain('n2 {"kind":"received"')
  })

  it('is written down from first line to last', () => {
    const lines: RunRecord[] = []
    const { eventHash } = play(story, { record: (line) => lines.push(line) })
    expect(lines[0]).toMatchObject({ type: 'run', nodes: ['n1', 'n2', 'n3'], chain: 'tiny' })
    expect(lines.at(-1)).toMatchObject({ type: 'end', outcome: 'pass', eventHash })
    expect(lines).toContainEqual(
      expect.objectContaining({
        type: 'message',
        from: 'n1',
        to: 'n2',
        command: 'block',
        items: ['b1'],
        arrivesAt: 50,
      }),
    )
    expect(lines).toContainEqual(expect.objectContaining({ type: 'block', name: 'c3', height: 3 }))
    expect(lines).toContainEqual(
      expect.objectContaining({ type: 'tip', node: 'n1', item: 'c3', disconnected: 1 }),
    )
  })

  it('fails when an expectation is not met, and when a node throws', () => {
    expect(play({ ...base, steps: [tip('b1', ['n1'], 0)] })).toMatchObject({
      outcome: 'fail',
      reason: 'step 0: expected tip b1, got tip genesis',
    })
    const fragile = play(story, {}, (factory) => (setup) => {
      const node = factory(setup)
      return {
        view: node.view,
        step(event, now) {
          if (event.kind === 'received') throw new TypeError('too much')
          return node.step(event, now)
        },
      }
    })
    expect(fragile).toMatchObject({ outcome: 'fail', divergence: { oracle: 'exception', node: 'n2' } })
  })

  it('ends as unknown when too much happens', () => {
    expect(play(story, { maxEvents: 5 })).toMatchObject({ outcome: 'unknown', events: 5 })
  })
})

describe('the watchers', () => {
  it('see a block that makes coins out of nothing on an active chain', () => {
    const blocks = { b1: { extends: 'genesis', coinbase: { value: { plus: 1 } } } }
    const result = play({ ...base, blocks, steps: [send('b1', 'n1', 0), { do: 'heal', at: 10 }] })
    expect(result).toMatchObject({ outcome: 'fail', divergence: { oracle: 'supply', item: 'b1' } })
  })

  it('see a coin spent twice on one chain, and a lock opened too early', () => {
    const transactions = {
      t1: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'anyone', value: 'rest' as const }] },
      t2: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'anyone', value: 1 }] },
      late: { lockTime: 3, inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'anyone', value: 1 }] },
    }
    const with2 = (tx2: string[], tx3: string[]) =>
      play({
        ...base,
        transactions,
        blocks: {
          b1: { extends: 'genesis' },
          b2: { extends: 'b1', transactions: tx2 },
          b3: { extends: 'b2', transactions: tx3 },
        },
        steps: [send('b1', 'n1', 0), send('b2', 'n1', 1), send('b3', 'n1', 2), { do: 'heal', at: 10 }],
      })
    expect(with2(['t1'], ['t2'])).toMatchObject({ divergence: { oracle: 'double-spend', item: 'b3' } })
    expect(with2([], ['late'])).toMatchObject({ divergence: { oracle: 'lock-time', item: 'b3' } })
    expect(with2([], ['t2'])).toMatchObject({ outcome: 'pass' })
  })

  it('see nodes that never find one another', () => {
    // The toy node has no time-outs: what is lost once is lost, though the link is whole again.
    const deaf = (factory: NodeFactory) => (setup: Parameters<NodeFactory>[0]) => {
      const node = factory(setup)
      const step: typeof node.step = (event, now) => (event.kind === 'received' ? [] : node.step(event, now))
      return setup.name === 'n3' ? { view: node.view, step } : node
    }
    const steps = [send('b1', 'n1', 100), { do: 'heal' as const, at: 61_000 }]
    expect(play({ ...base, steps })).toMatchObject({ outcome: 'pass' })
    const result = play({ ...base, steps }, {}, deaf)
    expect(result).toMatchObject({ outcome: 'fail', divergence: { oracle: 'liveness', node: 'n3' } })
    const unlinked = { n1: {}, n2: {} }
    expect(play({ ...base, nodes: unlinked, steps })).toMatchObject({ outcome: 'pass' })
  })

  it('know that a block ahead of a clock is refused, and goes no further until there is a better one', () => {
    const early = {
      ...base,
      chain: 'tiny',
      blocks: { b1: { extends: 'genesis', time: 1600093601 }, b2: { extends: 'b1' } },
      steps: [
        send('b1', 'n1', 2_001),
        { do: 'clock' as const, node: 'n1', offsetSeconds: 7_199, at: 2_001 },
        send('b2', 'n1', 2_001),
        { do: 'heal' as const, at: 200_000 },
      ],
    }
    const compiled = compileScenario(parseScenario(early), chainLookup)
    const createNode = createNodeFactory()
    expect(simulate(compiled, createNode)).toMatchObject({ outcome: 'pass' })
    /** The node between hears nothing any more, so that it refuses nothing either. */
    const deafened: NodeFactory = (setup) => {
      const node = createNode(setup)
      if (setup.name !== 'n2') return node
      const step: typeof node.step = (event, now) =>
        event.kind === 'received' && now >= compiled.startTimeMs + 2_001 ? [] : node.step(event, now)
      return { ...node, view: node.view, step }
    }
    expect(simulate(compiled, deafened)).toMatchObject({
      outcome: 'fail',
      divergence: { oracle: 'liveness' },
    })
  })
})
