import { describe, expect, it } from 'vitest'
import { chainLookup, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import { compileScenario, parseScenario, type ScenarioSource } from '../../scenario/index.ts'
import { simulate } from '../run/simulate.ts'
import { createToyNode } from '../simulator/toy-node.ts'

type Steps = ScenarioSource['steps']

function play(steps: Steps, spoil: (factory: NodeFactory) => NodeFactory = (factory) => factory) {
  const compiled = compileScenario(
    parseScenario({
      format: 'touchstone-scenario/1',
      title: 'three toy nodes',
      story: 'Blocks go from one node to the others.',
      sources: ['a test of the simulator'],
      nodes: { n1: { peers: ['n2', 'n3'] }, n2: { peers: ['n3'] }, n3: {} },
      blocks: { b1: { extends: 'genesis' }, b2: { extends: 'b1' }, b3: { extends: 'b2' } },
      steps,
    }),
    chainLookup,
  )
  const genesis = compiled.items.get('genesis')!.hash
  return simulate(
    compiled,
    spoil((setup) => createToyNode(setup, genesis)),
  )
}

const send = (item: string, to: string, at: number) => ({ do: 'send' as const, items: [item], to: [to], at })
const tip = (name: string, nodes: string[], at: number) => ({ do: 'expect' as const, nodes, tip: name, at })

it('a node in two groups is a bridge between them', () => {
  const steps: Steps = [
    {
      do: 'partition',
      groups: [
        ['n1', 'n2'],
        ['n2', 'n3'],
      ],
      at: 0,
    },
    send('b1', 'n1', 10),
    tip('genesis', ['n3'], 100),
    tip('b1', ['n1', 'n2', 'n3'], 110),
  ]
  expect(play(steps).reason).toBeUndefined()
})

describe('a disk that is slow', () => {
  it('lets its node take up what comes, in order, when it has written', () => {
    // The toy node writes twice for each block: it appends, and syncs.
    const result = play([
      { do: 'disk', node: 'n2', fault: 'slow', argument: 100, at: 0 },
      send('b1', 'n2', 10),
      send('b2', 'n2', 20),
      tip('b1', ['n2'], 209),
      send('b3', 'n2', 210),
      tip('b2', ['n2'], 211),
      tip('b2', ['n2'], 409),
      { do: 'disk', node: 'n2', fault: 'ok', at: 409 },
      tip('b3', ['n1', 'n2', 'n3'], 460),
    ])
    expect(result.reason).toBeUndefined()
    expect(result.marks).toContain('waited-for-disk')
  })
})

it('an operator waits for a node that waits for its disk in the midst of its work', () => {
  const laborious =
    (factory: NodeFactory): NodeFactory =>
    (setup) => {
      const node = factory(setup)
      const step: typeof node.step = (event, now) => [
        ...node.step(event, now),
        ...(event.kind === 'submitBlock' ? [{ kind: 'continue' as const }] : []),
      ]
      return { view: node.view, step }
    }
  const steps: Steps = [
    { do: 'disk', node: 'n1', fault: 'slow', argument: 10, at: 0 },
    send('b1', 'n1', 5),
    send('b2', 'n1', 6),
    send('b3', 'n1', 7),
    tip('b3', ['n1'], 80),
  ]
  expect(play(steps, laborious).reason).toBeUndefined()
})

describe('a clock that drifts', () => {
  /** A node that wants to be woken a second after its start, and says when it was. */
  const sleeper =
    (woken: number[]): ((factory: NodeFactory) => NodeFactory) =>
    (factory) =>
    (setup) => {
      const node = factory(setup)
      return {
        view: node.view,
        step(event, now) {
          if (event.kind === 'wake') woken.push(now)
          const wish = event.kind === 'start' ? [{ kind: 'wakeAt' as const, at: now + 1000 }] : []
          return [...node.step(event, now), ...wish]
        },
      }
    }

  it.each([
    [0, 1000],
    [1_000_000, 500],
    [-500_000, 2000],
    [1, 1000],
    [-1, 1001],
  ])('by %i ppm wakes its node after %i ms of true time', (driftPpm, after) => {
    const woken: number[] = []
    const steps = (until: number): Steps => [
      ...(['n1', 'n2', 'n3'] as const).map(
        (node) => ({ do: 'clock', node, offsetSeconds: 0, driftPpm, at: 0 }) as const,
      ),
      { do: 'heal', at: until },
    ]
    play(steps(after - 1), sleeper(woken))
    expect(woken).toEqual([])
    play(steps(after), sleeper(woken))
    expect(woken).toHaveLength(3)
  })
})

describe('a node that stops', () => {
  it('in order, and starts again, has lost nothing', () => {
    const steps: Steps = [
      send('b1', 'n1', 0),
      { do: 'stop', node: 'n1', at: 100 },
      send('b2', 'n2', 200),
      { do: 'restart', node: 'n1', at: 300 },
      tip('b1', ['n1'], 300),
      tip('b2', ['n1'], 400),
    ]
    const result = play(steps)
    expect(result.reason).toBeUndefined()
    expect(result.marks).toEqual(expect.arrayContaining(['stop', 'restart']))
    expect(result.marks).not.toContain('crash')
  })

  it('in order, and has lost something, is found out', () => {
    const forgetful =
      (factory: NodeFactory): NodeFactory =>
      (setup) =>
        factory({ ...setup, files: { ...setup.files, size: () => 0, append: () => 0, sync: () => {} } })
    const steps: Steps = [
      send('b1', 'n1', 0),
      { do: 'stop', node: 'n1', at: 100 },
      { do: 'restart', node: 'n1', at: 300 },
      { do: 'heal', at: 301 },
    ]
    expect(play(steps, forgetful)).toMatchObject({
      divergence: { oracle: 'run-model', node: 'n1', text: expect.stringContaining('forgetsNothing') },
    })
    // The model does not follow a node whose operator overrides blocks.
    const overridden: Steps = [
      send('b1', 'n1', 0),
      { do: 'invalidate', node: 'n1', block: 'b2', at: 90 },
      ...steps.slice(1),
    ]
    expect(play(overridden, forgetful)).toMatchObject({
      divergence: { oracle: 'restart', node: 'n1', expected: expect.stringContaining('b1') },
    })
  })

  it('because its disk is wiped starts from nothing', () => {
    const steps: Steps = [
      send('b1', 'n1', 0),
      { do: 'wipe', node: 'n1', at: 100 },
      { do: 'partition', groups: [['n1'], ['n2', 'n3']], at: 100 },
      { do: 'restart', node: 'n1', at: 200 },
      tip('genesis', ['n1'], 300),
      { do: 'heal', at: 300 },
      tip('b1', ['n1'], 400),
    ]
    expect(play(steps).reason).toBeUndefined()
  })
})

describe('a damaged disk', () => {
  const tripping =
    (error: Error) =>
    (factory: NodeFactory): NodeFactory =>
    (setup) => {
      const node = factory(setup)
      return {
        view: node.view,
        step(event, now) {
          if (event.kind === 'submitBlock') throw error
          return node.step(event, now)
        },
      }
    }
  const damage = { do: 'disk', node: 'n1', fault: 'flip', at: 0 } as const

  it('may be the end of a node that says so, and only of that one', () => {
    const found = tripping(new Error('a block is damaged'))
    const result = play([damage, send('b1', 'n1', 10)], found)
    expect(result.outcome).toBe('pass')
    expect(result.marks).toContain('damage-noticed')
    expect(play([damage, send('b1', 'n2', 10)], found)).toMatchObject({ divergence: { oracle: 'exception' } })
  })

  it('is no excuse for a node that trips over it', () => {
    const tripped = tripping(new TypeError('undefined is not a block'))
    expect(play([damage, send('b1', 'n1', 10)], tripped)).toMatchObject({
      divergence: { oracle: 'exception' },
    })
  })
})

it('a node whose clock has gone back keeps, over a crash, the blocks that would be too new now', () => {
  const scenario = parseScenario({
    format: 'touchstone-scenario/1',
    title: 'a clock goes back',
    story: 'A block is two hours ahead; a node takes it, loses two hours, and restarts.',
    sources: ['Bitcoin Core src/validation.cpp ContextualCheckBlockHeader'],
    blocks: {
      b1: { extends: 'genesis', time: 'start+7199' },
      b2: { extends: 'b1', time: 'mtp+1' },
    },
    steps: [
      { do: 'send', items: ['b1', 'b2'], at: 1000 },
      { do: 'stop', node: 'node', at: 2000 },
      { do: 'clock', node: 'node', offsetSeconds: -7200, at: 3000 },
      { do: 'restart', node: 'node', at: 3000 },
      { do: 'expect', tip: 'b2', at: 4000 },
    ],
  })
  const compiled = compileScenario(scenario, chainLookup)
  expect(simulate(compiled, createNodeFactory(), { oracle: createSpecOracle() }).reason).toBeUndefined()
})
