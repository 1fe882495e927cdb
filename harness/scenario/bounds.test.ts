import { describe, expect, it } from 'vitest'
import { chainLookup } from '../adapters/index.ts'
import { createMiner } from './forge/mine.ts'
import { compileScenario, parseScenario, type ScenarioSource } from './index.ts'

const BASE: ScenarioSource = {
  format: 'touchstone-scenario/1',
  title: 'a title',
  story: 'a story',
  sources: ['a test'],
  blocks: { b1: { extends: 'genesis' } },
  steps: [{ do: 'send', items: ['b1'] }],
}
/** Unix seconds in the first header of `tiny`. */
const GENESIS_TIME = 1_600_000_000
const read = (changes: Partial<ScenarioSource>) => parseScenario({ ...BASE, ...changes })
const compile = (changes: Partial<ScenarioSource>) => compileScenario(read(changes), chainLookup)
const named = <Value>(count: number, entry: (index: number) => [string, Value]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)))

describe('what no machine could play is refused before it is written out', () => {
  const send = (items: string[], to = ['node']) => ({ do: 'send' as const, items, to })
  const cases: [string, Partial<ScenarioSource>, string][] = [
    [
      'blocks and transactions',
      { runs: named(3, (index) => [`r${index}x`, { extends: 'genesis', count: 9_999 }]) },
      'runs: 29998 blocks and transactions; expected at most 20000',
    ],
    [
      'a range of names that do not exist',
      { steps: [send(['a1..a9999999999'])] },
      'steps.0.items.0: no block or transaction named "a1"',
    ],
    [
      'deliveries',
      { runs: { r: { extends: 'b1', count: 10_000 } }, steps: Array(21).fill(send(['r1..r10000'])) },
      'steps.20.items: 210000 deliveries up to this step; expected at most 200000',
    ],
    ['nodes', { nodes: named(201, (index) => [`n${index}`, {}]) }, 'nodes: 201 nodes; expected at most 200'],
    [
      'links',
      { nodes: named(21, (index) => [`n${index}`, { peers: Array(100).fill('n0') }]) },
      'nodes: 2100 links; expected at most 2000',
    ],
    [
      'virtual time',
      { steps: [send(['b1']), { do: 'heal', at: 10_000_000_001 }] },
      'steps.1.at: ends at 10000000001 ms; expected at most 10000000000 with 0 links',
    ],
    [
      'virtual time for many links',
      {
        nodes: { node: { peers: ['other', 'other'] }, other: {} },
        steps: [send(['b1']), { do: 'expect', tip: 'b1', withinMs: 5_000_000_001 }],
      },
      'steps.1.withinMs: ends at 5000000001 ms; expected at most 5000000000 with 2 links',
    ],
  ]
  it.each(cases)('%s', (_, changes, message) => expect(() => compile(changes)).toThrow(message))

  it('at the limit it is read', () => {
    expect(
      Object.keys(
        read({ runs: { r: { extends: 'b1', count: 9_999 }, s: { extends: 'b1', count: 10_000 } } }).blocks,
      ),
    ).toHaveLength(20_000)
    expect(read({ steps: [send(['b1']), { do: 'heal', at: 10_000_000_000 }] }).steps).toHaveLength(2)
  })
})

describe('mining is counted before it begins', () => {
  const cases: [string, Partial<ScenarioSource>, string][] = [
    [
      'a target of nothing',
      { blocks: { b1: { extends: 'genesis', bits: '00000000' } } },
      'blocks.b1: bits 00000000 take about 2^256 hashes',
    ],
    [
      'a hard target',
      { blocks: { b1: { extends: 'genesis', bits: '1d00ffff' } } },
      'blocks.b1: bits 1d00ffff take about 4295032833 hashes',
    ],
    [
      'a target that nothing misses',
      { blocks: { b1: { extends: 'genesis', bits: '22ffffff', mine: 'fail' } } },
      'blocks.b1: bits 22ffffff take about 2^256 hashes',
    ],
    [
      'edited bits',
      {
        blocks: { b1: { extends: 'genesis', edits: [{ field: 'bits', bytes: 'ffff001d' }], mine: 'after' } },
      },
      'blocks.b1.edits: bits 1d00ffff take about 4295032833 hashes',
    ],
  ]
  it.each(cases)('%s', (_, changes, message) => {
    expect(() => compile(changes)).toThrow(message)
    expect(() => compile(changes)).toThrow('hashes to mine; expected at most 1048576 for all blocks')
  })
})

it('mining is counted over all blocks', () => {
  const mine = createMiner('sha256d', 4n)
  const header = new Uint8Array(80)
  expect(mine(header, 0x207fffff, 'meets', 'b1')).toHaveLength(80)
  expect(mine(header, 0x207fffff, 'misses', 'b2')).toHaveLength(80)
  expect(() => mine(header, 0x207fffff, 'meets', 'b3')).toThrow(
    'b3: bits 207fffff take about 2 hashes to mine; expected at most 4 for all blocks',
  )
})

it('a row of 1,000 blocks on the default chain stays easy to mine, and none lies in the future', () => {
  const { items, startTimeMs } = compile({ runs: { r: { extends: 'genesis', count: 1_000 } } })
  const last = items.get('r1000')
  expect(last).toMatchObject({ height: 1_000 })
  expect(last?.kind === 'block' && last.time * 1000 <= startTimeMs).toBe(true)
})

it('a story begins a day after the first block, or after its longest row', () => {
  const startOf = (changes: Partial<ScenarioSource>) => compile(changes).startTimeMs / 1000 - GENESIS_TIME
  expect(startOf({ runs: { r: { extends: 'b1', count: 143 } } })).toBe(86_400)
  expect(startOf({ runs: { r: { extends: 'b1', count: 144 } } })).toBe(86_400 + 2 * 145 * 600)
  const chain = { base: 'tiny', limits: { noRetargeting: true } }
  expect(startOf({ chain, runs: { r: { extends: 'b1', count: 144, time: 'parent+1' } } })).toBe(86_400)
  expect(startOf({ runs: { r: { extends: 'b1', count: 144 } }, startTime: GENESIS_TIME })).toBe(0)
})

describe('rows listed children first', () => {
  it('of 5,000 blocks and of 2,000 payments compile', () => {
    const count = 5_000
    const blocks = named(count, (index) => [
      `b${index + 1}`,
      { extends: index === count - 1 ? 'genesis' : `b${index + 2}` },
    ])
    expect(compile({ chain: 'regtest', blocks }).items.get('b1')).toMatchObject({ height: count })
    const transactions = named(2_000, (index) => [
      `t${index}`,
      {
        inputs: [{ spends: index === 1_999 ? 'b1:0' : `t${index + 1}:0` }],
        outputs: [{ to: 'anyone', value: 'rest' as const }],
      },
    ])
    expect(compile({ transactions }).items.get('t0')).toMatchObject({ kind: 'transaction' })
  })

  it('that form a circle are named', () => {
    const blocks = named(5_000, (index) => [`b${index + 1}`, { extends: `b${((index + 1) % 5_000) + 1}` }])
    expect(() => compile({ blocks })).toThrow(/^blocks\.b\d+\.extends: "b\d+" rests upon itself$/)
  })

  it('take the blocks that scripts speak of first', () => {
    const at = (name: string) => ({ extends: 'genesis', coinbase: { to: { script: `<height:${name}>` } } })
    const blocks = {
      ...named(1_000, (index) => [`b${index + 2}`, at(`b${index + 1}`)]),
      b1: { extends: 'genesis' },
    }
    expect(
      compile({ chain: 'regtest', blocks: Object.fromEntries(Object.entries(blocks).reverse()) }).items.size,
    ).toBe(1_002)
  })
})

describe('numbers that do not fit where they are written', () => {
  const spend = { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'anyone', value: 1 }] }
  it.each<[string, Partial<ScenarioSource>, string]>([
    [
      'a time after 2106',
      { blocks: { b1: { extends: 'genesis', time: 'parent+99999999999' } } },
      'blocks.b1.time: parent+99999999999 is ',
    ],
    [
      'a time before 1970',
      { blocks: { b1: { extends: 'genesis', time: 'start-99999999999' } } },
      'blocks.b1.time: start-99999999999 is -',
    ],
    [
      'a time beyond numbers',
      { blocks: { b1: { extends: 'genesis', time: `parent+${'9'.repeat(400)}` } } },
      'is Infinity; expected Unix seconds',
    ],
    [
      'a lock time',
      { transactions: { t: { ...spend, lockTime: { medianTimeOf: 'b1', plus: 2 ** 33 } } } },
      'transactions.t.lockTime: is ',
    ],
    [
      'a lock time below nothing',
      { transactions: { t: { ...spend, lockTime: { timeOf: 'b1', plus: -(2 ** 33) } } } },
      'transactions.t.lockTime: is -',
    ],
  ])('%s', (_, changes, message) => expect(() => compile(changes)).toThrow(message))
})
