import { describe, expect, it } from 'vitest'
import { Abstention, chainLookup, createEngine, TargetError } from '../../adapters/index.ts'
import type { Capability, ChainSession, Engine, Strictness } from '../../ports/index.ts'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { judgeScenario } from './judge.ts'
import { createResponder } from './server.ts'

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
      future: { extends: 'good', time: 'start+7201' },
    },
    steps: [
      { do: 'send', items: ['good', 'rich', 'future'] },
      { do: 'expect', tip: 'good' },
    ],
  }),
  chainLookup,
)
const unconfirmed = compileScenario(
  parseScenario({
    format: 'touchstone-scenario/1',
    title: 'an unconfirmed transaction that nothing pays for',
    story: 'x',
    sources: ['x'],
    blocks: { good: { extends: 'genesis' } },
    transactions: { early: { inputs: [{ spends: 'good:0' }], outputs: [{ to: 'anyone', value: 'rest' }] } },
    steps: [
      { do: 'send', items: ['good', 'early'] },
      { do: 'expect', mempool: { lacks: ['early'] } },
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
  const capabilities = new Set(
    [...reference.capabilities].filter((capability) => !without.includes(capability)),
  )
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

  it('does not believe a tip that does not move, nor one without the work', () => {
    const stuck = target(() => ({ tip: () => ({ hash: '00'.repeat(32), height: 7, chainWork: 1n }) }))
    expect(judge(stuck)).toMatchObject({
      status: 'fail',
      message: 'tip after good at node, delivery 1; 3 more after it',
      expected: expect.stringMatching(/ at height 1 with work \d+$/),
      actual: expect.stringMatching(/^0{64} at height 7 with work 1$/),
    })
    const lazy = target((session) => ({ tip: () => ({ ...session.tip(), chainWork: 0n }) }))
    expect(judge(lazy)).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('tip after good'),
      actual: expect.stringContaining('with work 0'),
    })
  })

  it('reports what differs first: coins after a block, before the verdict on the next', () => {
    const wrong = target((session) => ({
      coinDigest: () => 'f'.repeat(64),
      deliverBlock: (block, now) => {
        const verdict = session.deliverBlock(block, now)
        return verdict.outcome === 'rejected' ? { outcome: 'stored' } : verdict
      },
    }))
    expect(judge(wrong).message).toMatch(/^coin digest after good at node, delivery 1; \d+ more after it$/)
    const early = target(() => ({ medianTimePast: () => 5 }))
    expect(judge(early)).toMatchObject({ message: expect.stringContaining('median time'), actual: '5' })
  })

  it('shows under a failure the rule, the place, and the session to be piped into a handler', () => {
    const gullible = target((session) => ({
      deliverBlock: (block, now) => {
        const verdict = session.deliverBlock(block, now)
        return verdict.outcome === 'rejected' ? { outcome: 'stored' } : verdict
      },
    }))
    const { dialogue, ...failure } = judge(gullible)
    expect(failure).toMatchObject({
      detail: expect.stringContaining('found'),
      rules: [{ id: 'coinbase-amount', must: expect.stringContaining('MUST'), sources: expect.any(Array) }],
      block: {
        height: 2,
        parent: compiled.items.get('good')!.hash,
        features: expect.arrayContaining(['P2SH']),
      },
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    const respond = createResponder(gullible)
    const answers = dialogue!.trim().split('\n').map(respond)
    const verdicts = answers.flatMap((answer) => ('verdict' in answer ? [answer.verdict.outcome] : []))
    expect(verdicts).toEqual(['connected', 'stored'])
    expect(answers.at(-1)).toMatchObject({ done: true })
  })

  it('asks no more of a state than the target can report', () => {
    const abstain = () => {
      throw new Abstention('no clock')
    }
    expect(judge(target(() => ({ medianTimePast: abstain, coinCount: abstain }))).status).toBe('pass')
    expect(judge(target(() => ({ coinDigest: () => 'wrong' }), ['coinDigest'])).status).toBe('pass')
  })

  it('names the item and the delivery at which a target stopped, and what it said wrongly before', () => {
    const dying = (verdict?: object) =>
      target((session) => ({
        deliverBlock: (block, now) => {
          const said = session.deliverBlock(block, now)
          if (said.reason === 'time-too-new') throw new TargetError('it ended with exit code 3')
          return said.outcome === 'rejected' && verdict !== undefined ? { outcome: 'stored' } : said
        },
      }))
    expect(judge(dying())).toMatchObject({
      status: 'fail',
      message: 'block future at node, delivery 3: it ended with exit code 3',
    })
    expect(judge(dying({})).message).toContain('rich at node, delivery 2: another verdict')
  })

  it('compares as closely as asked, and as the target can report', () => {
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
    expect(judge(silent)).toMatchObject({
      status: 'partial',
      message: '3 of 3 deliveries abstained: no word',
    })
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

  it('asks a target that judged nothing neither for its tip nor for its pool', () => {
    const broken = () => {
      throw new TargetError('the answer is no list')
    }
    const nothing = {
      tip: () => ({ hash: '00'.repeat(32), height: 0, chainWork: 0n }),
      deliverBlock: () => ({ outcome: 'unknown' as const }),
      deliverTransaction: () => ({ outcome: 'unknown' as const }),
      mempool: broken,
    }
    const about = { ...entry, compiled: unconfirmed }
    const judged = (engine: Engine) => judgeScenario(about, engine, { strictness: 'exact', reference })
    expect(judged(target(() => nothing))).toMatchObject({ status: 'partial' })
    const { deliverTransaction: _, ...some } = nothing
    expect(judged(target(() => some))).toMatchObject({ status: 'fail' })
    expect(judged(target(() => ({ mempool: broken })))).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('the answer is no list'),
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
      message: expect.stringContaining('header of future'),
      expected: expect.stringContaining('time-too-new'),
    })
  })
})
