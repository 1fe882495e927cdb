import { describe, expect, it } from 'vitest'
import { Abstention, chainLookup, createEngine } from '../../adapters/index.ts'
import type { Capability, ChainSession, Engine, Strictness } from '../../ports/index.ts'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { applyBaseline } from './baseline.ts'
import { judgeScenario } from './judge.ts'

const reference = createEngine('spec')
const compiled = compileScenario(
  parseScenario({
    format: 'touchstone-scenario/1',
    title: 'one block too rich, one too late, one good',
    story: 'x',
    sources: ['x'],
    blocks: {
      good: { extends: 'genesis' },
      rich: { extends: 'good', coinbase: { value: { plus: 1 } } },
      late: { extends: 'good', time: 'start+7201' },
    },
    steps: [
      { do: 'send', items: ['good', 'rich', 'late'] },
      { do: 'expect', tip: 'good' },
    ],
  }),
  chainLookup,
)
const entry = { id: 'x/y', path: 'x/y.json', compiled }

/** The specification, but for what `change` makes of its sessions. */
function target(
  change: (session: ChainSession) => Partial<ChainSession>,
  without: readonly Capability[] = [],
): Engine {
  const capabilities = new Set([...reference.capabilities].filter((one) => !without.includes(one)))
  return {
    ...reference,
    name: 'target',
    capabilities,
    openChain: (chain) => {
      const session = reference.openChain(chain)
      return { ...session, ...change(session) }
    },
  }
}

const judge = (engine: Engine, strictness: Strictness = 'exact') =>
  judgeScenario(entry, engine, { strictness, reference })

describe('judgeScenario', () => {
  it('passes a target that agrees', () => expect(judge(target(() => ({}))).status).toBe('pass'))

  it('names the first other verdict', () => {
    const gullible = target((session) => ({
      deliverBlock: (block, now) => {
        const verdict = session.deliverBlock(block, now)
        return verdict.outcome === 'rejected' ? { outcome: 'stored' } : verdict
      },
    }))
    expect(judge(gullible)).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('rich at node'),
      expected: expect.stringContaining('bad-cb-amount'),
      actual: 'stored',
    })
  })

  it('compares as closely as asked, and as the target can tell', () => {
    const saying = (change: object, without: readonly Capability[] = []) =>
      target(
        (session) => ({
          deliverBlock: (block, now) => {
            const verdict = session.deliverBlock(block, now)
            return verdict.outcome === 'rejected' ? { ...verdict, ...change } : verdict
          },
        }),
        without,
      )
    const status = (engine: Engine) =>
      (['verdict', 'class', 'exact'] as const).map((how) => judge(engine, how).status)
    expect(status(saying({ reason: 'no' }))).toEqual(['pass', 'pass', 'fail'])
    expect(status(saying({ class: 'missing' }))).toEqual(['pass', 'fail', 'fail'])
    expect(status(saying({ reason: 'no' }, ['reasons']))).toEqual(['pass', 'pass', 'pass'])
    expect(status(saying({ class: 'missing' }, ['classes']))).toEqual(['pass', 'pass', 'pass'])
  })

  it('counts an abstention as neither pass nor failure', () => {
    const shy = target(() => ({
      deliverBlock: () => {
        throw new Abstention('not today')
      },
    }))
    expect(judge(shy)).toMatchObject({ status: 'abstain', message: 'not today' })
  })

  it('does not pass a target that says nothing, in all or in part', () => {
    const silent = target(() => ({ deliverBlock: () => ({ outcome: 'unknown' }) }))
    expect(judge(silent)).toMatchObject({ status: 'fail', message: expect.stringContaining('expectation') })
    const shy = target((session) => ({
      deliverBlock: (block, now) => {
        const verdict = session.deliverBlock(block, now)
        return verdict.outcome === 'rejected' ? { outcome: 'unknown', reason: 'no word for it' } : verdict
      },
    }))
    expect(judge(shy)).toMatchObject({
      status: 'partial',
      message: '2 of 3 deliveries abstained: no word for it',
    })
  })

  it('judges only headers where the target can do no more', () => {
    const headersOnly = target(() => ({}), ['blocks'])
    expect(judge(headersOnly)).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('3 headers'),
    })
    const careless = target(() => ({ deliverHeader: () => ({ outcome: 'stored' }) }), ['blocks'])
    expect(judge(careless)).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('header of late'),
      expected: expect.stringContaining('time-too-new'),
    })
  })
})

describe('applyBaseline', () => {
  const failing = { id: 'a/b', title: 'a', status: 'fail', message: 'wrong' } as const
  const baseline = (until?: string) =>
    ({
      format: 'touchstone-baseline/1',
      failures: [{ id: 'a/b', why: 'known', ...(until && { until }) }],
    }) as const

  it.each([
    ['expected-failure', undefined],
    ['expected-failure', '2026-02-02'],
    ['fail', '2026-02-01'],
    ['fail', '2026-01-31'],
  ])('makes it %s until %s', (status, until) => {
    const known = { ...baseline(until), failures: [...baseline(until).failures] }
    expect(applyBaseline([failing], known, '2026-02-01')[0]!.status).toBe(status)
  })

  it('leaves other cases alone', () => {
    const known = { ...baseline(), failures: [...baseline().failures] }
    const others = [
      { ...failing, id: 'c/d' },
      { ...failing, status: 'pass' as const },
    ]
    expect(applyBaseline(others, known, '2026-02-01')).toEqual(others)
  })
})
