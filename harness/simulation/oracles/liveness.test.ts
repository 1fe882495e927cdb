import { describe, expect, it } from 'vitest'
import { watchLiveness } from './liveness.ts'
import { type Story, stillRun } from './testing.ts'

const STORY = {
  blocks: {
    b1: { extends: 'genesis' },
    b2: { extends: 'b1' },
    c2: { extends: 'b1', time: 'parent+700' },
  },
} satisfies Story

const MINUTES_MS = 120_000

/** What is found when nodes with these tips have been undisturbed for two minutes. */
function found(tips: Readonly<Record<string, string>>, waitMs = MINUTES_MS) {
  const run = stillRun(STORY, Object.fromEntries(Object.entries(tips).map(([node, tip]) => [node, { tip }])))
  const watcher = watchLiveness(run)
  for (const host of run.hosts) watcher.tip!(host, run.hash(tips[host.name]!), 0)
  run.now = waitMs
  watcher.finished!()
  return {
    findings: run.findings.map(({ node, item, text }) => ({ node, item, text })),
    marks: [...new Set(run.marks)],
  }
}

describe('nodes that can hear each other', () => {
  it('have one tip in the end', () => {
    expect(found({ n1: 'b2', n2: 'b2' })).toEqual({ findings: [], marks: ['converged'] })
  })
  it('may differ between branches of equal work', () => {
    expect(found({ n1: 'b2', n2: 'c2' })).toEqual({ findings: [], marks: ['tie', 'converged'] })
  })
  it('are given time', () => expect(found({ n1: 'b2', n2: 'b1' }, 1000).findings).toEqual([]))
})

describe('a node that stays behind', () => {
  it.each([
    [{ n1: 'b2', n2: 'b1' }, 'n2'],
    [{ n1: 'b1', n2: 'b2' }, 'n1'],
  ])('is the one that is named: %j, %s', (tips, behind) => {
    const text = `${behind} is still at b1, long after the network has healed`
    expect(found(tips).findings).toEqual([{ node: behind, item: 'b1', text }])
  })
  it('is named once, however many are ahead of it', () => {
    expect(found({ n1: 'b1', n2: 'b2', n3: 'b2' }).findings.map(({ node }) => node)).toEqual(['n1'])
  })
  it('is named when the first node is neither behind nor ahead', () => {
    expect(found({ n1: 'b2', n2: 'c2', n3: 'b1' }).findings.map(({ node }) => node)).toEqual(['n3'])
  })
})
