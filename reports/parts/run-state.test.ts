import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../run-record.ts'
import { blockTree } from './block-tree.ts'
import { disputedCoins } from './disputed-coins.ts'
import { stateAt } from './run-state.ts'
import { stateTable } from './state-table.ts'

const block = (
  at: number,
  name: string,
  parent: string,
  height: number,
  contents: string[] = [],
): RunRecord => ({
  type: 'block',
  at,
  name,
  hash: `h-${name}`,
  parent,
  height,
  transactions: contents.length + 1,
  contents,
  outputs: [{ to: 'alice', value: '5000000000' }],
})
const verdict = (at: number, node: string, item: string, outcome: string): RunRecord => ({
  type: 'verdict',
  at,
  node,
  subject: 'block',
  item,
  hash: `h-${item}`,
  verdict: outcome === 'rejected' ? { outcome, class: 'invalid' } : { outcome },
})
const tip = (at: number, node: string, item: string, height: number): RunRecord => ({
  type: 'tip',
  at,
  node,
  item,
  hash: `h-${item}`,
  height,
  disconnected: 0,
})
const payment = (name: string, to: string, value: string): RunRecord => ({
  type: 'transaction',
  at: 1,
  name,
  hash: `t-${name}`,
  spends: ['b1:0'],
  outputs: [{ to, value }],
})

const run: readonly RunRecord[] = [
  {
    type: 'run',
    format: 'touchstone-run/1',
    title: 'a fork',
    chain: 'tiny',
    nodes: ['n1', 'n2'],
    startTimeMs: 0,
    genesis: 'g',
  },
  block(0, 'b1', 'g', 1),
  verdict(0, 'n1', 'b1', 'connected'),
  tip(0, 'n1', 'b1', 1),
  payment('toBob', 'bob', '4999999999'),
  payment('toSelf', 'alice', '5000000000'),
  block(10, 'b2', 'h-b1', 2, ['toBob']),
  verdict(10, 'n1', 'b2', 'connected'),
  tip(10, 'n1', 'b2', 2),
  verdict(20, 'n2', 'b2', 'rejected'),
  { type: 'node', at: 30, node: 'n1', change: 'crash', detail: '' },
  { type: 'node', at: 40, node: 'n1', change: 'wipe', detail: '' },
  { type: 'node', at: 50, node: 'n1', change: 'restart', detail: '' },
]

describe('where the nodes stand', () => {
  const at = (ms: number) =>
    stateAt(run, ms).map(({ name, state, tip, holds, refuses }) => [
      name,
      state,
      tip?.item,
      holds.size,
      refuses.size,
    ])

  it('follows tips, blocks, refusals, and what happens to machines', () => {
    expect(at(9)).toEqual([
      ['n1', 'running', 'b1', 1, 0],
      ['n2', 'running', undefined, 0, 0],
    ])
    expect(at(30)).toEqual([
      ['n1', 'crash', 'b2', 2, 0],
      ['n2', 'running', undefined, 0, 1],
    ])
    expect(at(40)[0]).toEqual(['n1', 'wipe', undefined, 0, 0])
    expect(at(50)[0]).toEqual(['n1', 'running', undefined, 0, 0])
  })

  it('colours the tree by the moment', () => {
    const kinds = (ms: number) =>
      [
        ...blockTree(run, ms)!
          .toString()
          .matchAll(/class="block (\w+)"/g),
      ].map((m) => m[1])
    expect(kinds(5)).toEqual(['active', 'future'])
    expect(kinds(10)).toEqual(['active', 'active'])
    expect(kinds(45)).toEqual(['stale', 'rejected'])
  })

  it('marks the node whose tip differs', () => {
    const differing = stateTable(run, 10)
      .toString()
      .match(/<td class="differs">([^<]*)/g)
    expect(differing).toHaveLength(1)
  })
})

describe('disputed coins', () => {
  it('shows each spend as a balanced entry, where it is confirmed', () => {
    const rows = [
      ...disputedCoins(run, 10)!
        .toString()
        .matchAll(/<tr class="[^"]*">(.*?)<\/tr>/g),
    ].map(([, row]) => row!.split(/<[^>]*>/).filter((cell) => cell !== ''))
    expect(rows).toEqual([
      ['toBob', 'bob', '49.99999999', 'b2', 'n1'],
      ['fee', '0.00000001'],
      ['alice (b1:0)', '50'],
      ['toSelf', 'alice', '50', 'none', 'no node'],
      ['alice (b1:0)', '50'],
    ])
    expect(disputedCoins(run, 45)!.toString()).not.toContain('n1')
  })

  it('is absent where no coin is spent twice', () => {
    expect(
      disputedCoins(
        run.filter(({ type }) => type !== 'transaction'),
        10,
      ),
    ).toBeUndefined()
  })
})
