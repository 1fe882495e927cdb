import { describe, expect, it } from 'vitest'
import { createStoryEngine } from './create-story-engine.ts'

const STORY = {
  format: 'touchstone-scenario/1',
  title: 'two nodes',
  story: 'Two nodes.',
  sources: ['none'],
  nodes: { n1: { peers: ['n2'] }, n2: {} },
  blocks: { b1: { extends: 'genesis' }, b2: { extends: 'b1' } },
  steps: [
    { do: 'send', items: ['b1'], to: ['n1'], at: 1000 },
    { do: 'send', items: ['b2'], to: ['n1'], at: 9000 },
    { do: 'expect', tip: 'b2', at: 20000 },
  ],
}

describe('a story that a reader goes on with', () => {
  const engine = createStoryEngine()
  const tips = (...added: Parameters<typeof engine.play>[1]['added']) => {
    const { records } = engine.play(STORY, { fromMs: 5000, added })
    const last = new Map(
      records.flatMap((record) => (record.type === 'tip' ? [[record.node, record.item]] : [])),
    )
    return Object.fromEntries(last)
  }

  it('is cut where the reader stands', () => {
    expect(tips({ kind: 'wait', names: ['60'] })).toEqual({ n1: 'b1', n2: 'b1' })
  })

  it('takes mined blocks, partitions and machines that stop', () => {
    const mined = { kind: 'mine', names: ['b1', 'n1'] } as const
    expect(tips(mined)).toEqual({ n1: 'mined1', n2: 'mined1' })
    expect(tips({ kind: 'partition', names: ['n1', 'n2'] }, mined)).toEqual({ n1: 'mined1', n2: 'b1' })
    const heal = { kind: 'heal', names: [] } as const
    const wait = { kind: 'wait', names: ['600'] } as const
    expect(tips({ kind: 'partition', names: ['n1', 'n2'] }, mined, heal, wait)).toEqual({
      n1: 'mined1',
      n2: 'mined1',
    })
    expect(tips({ kind: 'crash', names: ['n2'] }, mined)).toEqual({ n1: 'mined1', n2: 'b1' })
  })

  it('plays again as a file', () => {
    const added = [{ kind: 'mine', names: ['b1', 'n1'] } as const]
    const { story, records } = engine.play(STORY, { fromMs: 5000, added })
    const again = engine.play(JSON.parse(JSON.stringify(story)), { added: [] })
    const tipsOf = (lines: typeof records) => lines.filter(({ type }) => type === 'tip')
    expect(tipsOf(again.records)).toEqual(tipsOf(records))
  })

  it('says in one line what is wrong', () => {
    expect(() => engine.play(STORY, { fromMs: 0, added: [{ kind: 'crash', names: ['n9'] }] })).toThrow('n9')
  })
})
