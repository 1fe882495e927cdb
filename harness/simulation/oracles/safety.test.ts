import { describe, expect, it } from 'vitest'
import { watchSafety } from './safety.ts'
import { type Story, stillRun } from './testing.ts'

const STORY = {
  transactions: {
    pay: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'bob', value: 'rest' }] },
    rival: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'alice', value: 'rest' }] },
    child: { inputs: [{ spends: 'pay:0' }], outputs: [{ to: 'alice', value: 'rest' }] },
    greedy: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'alice', value: '99 coins' }] },
    locked: { lockTime: 9, inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'bob', value: 'rest' }] },
  },
  blocks: {
    b1: { extends: 'genesis', coinbase: { to: 'alice' } },
    b2: { extends: 'b1' },
    b3: { extends: 'b2', transactions: ['pay'] },
    b4: { extends: 'b3', transactions: ['rival'] },
    much: { extends: 'b2', transactions: ['greedy'] },
    early: { extends: 'b2', transactions: ['locked'] },
    paid: { extends: 'b2', coinbase: { to: 'alice', value: '51 coins' } },
  },
} satisfies Story

/** What is found when a node with this pool and tip has settled. */
function found(tip: string, mempool: readonly string[] = []) {
  const run = stillRun(STORY, { n1: { tip, mempool } })
  const watcher = watchSafety(run, run.chain)
  watcher.tip!(run.host('n1'), run.hash(tip), 0)
  watcher.settled!(run.host('n1'))
  return run.findings.map(({ oracle, node, item }) => `${oracle} ${node} ${item}`)
}

describe('no pool holds two transactions that spend one output', () => {
  it.each([
    [[], []],
    [['pay'], []],
    [['rival'], []],
    [['pay', 'child'], []],
    [['pay', 'rival'], ['mempool n1 rival']],
    [['rival', 'child', 'pay'], ['mempool n1 pay']],
  ])('%j: %j', (pool, findings) => expect(found('b2', pool)).toEqual(findings))
})

describe('an active chain', () => {
  it.each([
    ['b3', []],
    ['b4', ['double-spend n1 b4']],
    ['much', ['supply n1 much']],
    ['early', ['lock-time n1 early']],
    ['paid', ['supply n1 paid']],
  ])('%s: %j', (tip, findings) => expect(found(tip)).toEqual(findings))
})

describe('a node that leaves a chain', () => {
  function leaves(before: string, after: string, isAnnounced = false) {
    const said = { tip: before }
    const run = stillRun(STORY, { n1: said })
    const watcher = watchSafety(run, run.chain)
    const host = run.host('n1')
    watcher.settled!(host)
    said.tip = after
    if (isAnnounced) watcher.intervened!(host, 'invalidate', run.hash(before))
    watcher.settled!(host)
    return run.findings.map(({ oracle }) => oracle)
  }
  it('goes to one of no less work', () => {
    expect(leaves('b2', 'b3')).toEqual([])
    expect(leaves('b3', 'b2')).toEqual(['most-work'])
    expect(leaves('b3', 'b2', true)).toEqual([])
  })
})
