import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chainLookup, createSpecEngine } from '../../adapters/index.ts'
import type { Capability, ChainSession, Engine } from '../../ports/index.ts'
import type { ScenarioSource } from '../../scenario/index.ts'
import { compileScenario, parseScenario, readScenario } from '../../scenario/index.ts'
import { replayOnEngine } from './replay.ts'

const spec: Engine = createSpecEngine()
const compile = (source: unknown) => compileScenario(parseScenario(source), chainLookup)

const BASE: ScenarioSource = {
  format: 'touchstone-scenario/1',
  title: 'a title',
  story: 'a story',
  sources: ['a test'],
  keys: ['alice'],
  runs: { f: { extends: 'genesis', count: 2, coinbase: { to: 'alice' } } },
  blocks: { greedy: { extends: 'f2', coinbase: { value: { plus: 1 } } }, x1: { extends: 'genesis' } },
  steps: [{ do: 'send', items: ['f1..f2'] }],
}
const replay = (steps: ScenarioSource['steps'], engine = spec, more: Partial<ScenarioSource> = {}) =>
  replayOnEngine(compile({ ...BASE, ...more, steps }), engine, { reference: spec })

/** The specification with one of its answers changed. */
function altered(change: (session: ChainSession) => Partial<ChainSession>): Engine {
  return {
    ...spec,
    openChain: (chain) => {
      const session = spec.openChain(chain)
      return { ...session, ...change(session) }
    },
  }
}

function without(...lost: Capability[]): Engine {
  return {
    ...spec,
    capabilities: new Set([...spec.capabilities].filter((capability) => !lost.includes(capability))),
  }
}

describe('every scenario holds on the specification', () => {
  const folder = new URL('../../../scenarios/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  )
  it.each(files)('%s', (file) => {
    const compiled = compileScenario(readScenario(readFileSync(new URL(file, folder), 'utf8')), chainLookup)
    const result = replayOnEngine(compiled, spec, { reference: spec })
    expect(result.thrown).toBeUndefined()
    expect(result.expectations.filter(({ status }) => status === 'fail')).toEqual([])
    expect(result.status).toBe(result.missing.length > 0 ? 'not-applicable' : 'pass')
    expect(result.missing.filter((need) => !/simulator|restart|diskFaults/.test(need))).toEqual([])
  })
})

describe('an expectation that does not hold is reported', () => {
  const sent: ScenarioSource['steps'][number] = { do: 'send', items: ['f1..f2', 'greedy'] }
  const cases: [string, object, string, string][] = [
    ['tip', { tip: 'f1' }, 'tip f1', 'tip f2'],
    ['height', { height: 3 }, 'height 3', 'height 2'],
    [
      'balance',
      { balance: { of: 'alice', is: '99 coins' } },
      'balance of "alice" 9900000000',
      'balance of "alice" 10000000000',
    ],
    [
      'outcome',
      { verdict: { item: 'greedy', outcome: 'connected' } },
      'greedy connected',
      'greedy rejected (invalid, bad-cb-amount)',
    ],
    [
      'class',
      { verdict: { item: 'greedy', outcome: 'rejected', class: 'missing' } },
      'greedy rejected (missing)',
      'greedy rejected (invalid, bad-cb-amount)',
    ],
    [
      'reason',
      { verdict: { item: 'greedy', outcome: 'rejected', reason: 'x' } },
      'greedy rejected (x)',
      'greedy rejected (invalid, bad-cb-amount)',
    ],
    ['not judged', { verdict: { item: 'x1', outcome: 'stored' } }, 'x1 stored', 'x1 not judged'],
    ['never', { tip: 'f2', never: true, withinMs: 5 }, 'never: tip f2', 'tip f2'],
    ['within', { tip: 'x1', withinMs: 5 }, 'tip x1', 'tip f2'],
  ]
  it.each(cases)('%s', (_, condition, expected, actual) => {
    const result = replay([sent, { do: 'expect', ...condition }])
    expect(result.status).toBe('fail')
    expect(result.expectations).toMatchObject([{ step: 1, status: 'fail', expected, actual }])
  })

  it('coins that differ from the reference', () => {
    const forgetful = altered(() => ({ coinDigest: () => '00' }))
    const result = replay([sent, { do: 'expect', digestOf: 'f2' }], forgetful)
    expect(result.expectations).toMatchObject([{ status: 'fail', actual: 'coin digest 00' }])
  })

  it('an engine that throws', () => {
    const broken = altered(() => ({
      deliverBlock: () => {
        throw new Error('out of luck\nat once')
      },
    }))
    expect(replay([sent, { do: 'expect', tip: 'f2' }], broken)).toMatchObject({
      status: 'fail',
      thrown: { text: 'block f1 at node, delivery 1: out of luck' },
    })
  })
})

describe('what a target lacks is not applicable, never passed', () => {
  it('a capability that the steps ask for', () => {
    const result = replay(
      [
        { do: 'send', items: ['f1'] },
        { do: 'expect', balance: { of: 'alice', is: 0 } },
      ],
      without('balance'),
    )
    expect(result).toMatchObject({ status: 'not-applicable', missing: ['balance'] })
  })

  it('a reason, where it is the only thing asked that the target cannot report', () => {
    const steps: ScenarioSource['steps'] = [
      { do: 'send', items: ['f1..f2', 'greedy'] },
      { do: 'expect', verdict: { item: 'greedy', outcome: 'rejected', reason: 'bad-cb-amount' } },
    ]
    expect(replay(steps, without('reasons')).status).toBe('not-applicable')
    const lenient = replayOnEngine(compile({ ...BASE, steps }), without('reasons'), { strictness: 'verdict' })
    expect(lenient.status).toBe('pass')
  })

  it('steps that only the simulator can play', () => {
    const result = replay([{ do: 'crash', node: 'node' }], {
      ...spec,
      capabilities: new Set([...spec.capabilities, 'restart']),
    })
    expect(result).toMatchObject({
      status: 'not-applicable',
      missing: ['step 0 (crash) needs the simulator'],
    })
  })
})

describe('several nodes hear each other', () => {
  const nodes = { n1: { peers: ['n2'] }, n2: {} }
  const at = (result: ReturnType<typeof replay>) =>
    result.deliveries.map(({ at, node, item }) => `${at} ${node} ${item}`)

  it('after the latency of their link, each item once', () => {
    const network = { latencyMs: 7 }
    const result = replay(
      [
        { do: 'send', items: ['f1..f2'], to: ['n1'] },
        { do: 'expect', tip: 'f2', withinMs: 20 },
      ],
      spec,
      { nodes, network },
    )
    expect(result.status).toBe('pass')
    expect(at(result)).toEqual(['0 n1 f1', '0 n1 f2', '7 n2 f1', '7 n2 f2'])
  })

  it('not across a partition, and all of it after the heal', () => {
    const result = replay(
      [
        { do: 'partition', groups: [['n1'], ['n2']] },
        { do: 'send', items: ['f1..f2'], to: ['n1'] },
        { at: 1000, do: 'expect', nodes: ['n2'], tip: 'genesis' },
        { do: 'heal' },
        { at: 2000, do: 'expect', tip: 'f2', agree: true },
      ],
      spec,
      { nodes },
    )
    expect(result.expectations.map(({ status }) => status)).toEqual(['pass', 'pass'])
  })

  it('equal runs have equal hashes, others not', () => {
    const run = (items: string[]) =>
      replay(
        [
          { do: 'send', items, to: ['n1'] },
          { do: 'expect', height: 1 },
        ],
        spec,
        { nodes },
      )
    expect(run(['f1']).eventHash).toBe(run(['f1']).eventHash)
    expect(run(['f1']).eventHash).not.toBe(run(['x1']).eventHash)
  })
})
