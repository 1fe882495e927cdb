import { describe, expect, it } from 'vitest'
import { chainLookup, createEngine } from '../adapters/index.ts'
import { judgeScenario } from '../conformance/index.ts'
import { compileScenario, parseScenario } from '../scenario/index.ts'
import { contradicts, isSameVerdict } from './agreement.ts'
import type { Capability, Engine } from './engine.ts'
import type { Subject } from './node.ts'
import type { Rejection, Strictness, Verdict } from './verdict.ts'

const rejected = (rejection: 'invalid' | 'mutated', reason: string): Rejection => ({
  outcome: 'rejected',
  class: rejection,
  reason,
})

const entry = {
  id: 'made/up',
  path: 'made/up.json',
  compiled: compileScenario(
    parseScenario({
      format: 'touchstone-scenario/1',
      title: 'one fault and two',
      story: 'One block claims too much, the other is too early as well.',
      sources: ['Core ConnectBlock'],
      blocks: {
        b1: { extends: 'genesis' },
        one: { extends: 'b1', coinbase: { value: { plus: 1 } } },
        two: { extends: 'b1', coinbase: { value: { plus: 1 } }, transactions: ['twice', 'again'] },
      },
      transactions: {
        twice: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'anyone', value: 'rest' }] },
        again: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'anyone', value: 1 }] },
      },
      steps: [
        { do: 'send', items: ['b1', 'one', 'two'] },
        { do: 'expect', tip: 'b1' },
      ],
    }),
    chainLookup,
  ),
}

/** The specification, in other words where it says `from`. */
function saying(from: string, to: Verdict, lacks: readonly Capability[] = ['firstFault']): Engine {
  const engine = createEngine('spec')
  return {
    ...engine,
    capabilities: new Set([...engine.capabilities].filter((capability) => !lacks.includes(capability))),
    openChain(chain) {
      const session = engine.openChain(chain)
      return {
        ...session,
        deliverBlock(block, now) {
          const verdict = session.deliverBlock(block, now)
          return verdict.reason === from ? to : verdict
        },
      }
    },
  }
}

const judged = (target: Engine) =>
  judgeScenario(entry, target, { strictness: 'exact', reference: createEngine('spec') })

describe('a block with several faults', () => {
  it('may be refused for any of them', () => {
    expect(
      judged(
        saying('bad-txns-premature-spend-of-coinbase', rejected('invalid', 'bad-txns-inputs-missingorspent')),
      ),
    ).toMatchObject({
      status: 'pass',
    })
  })
  it('is refused for the first of them by a target that keeps to the order', () => {
    const other = rejected('invalid', 'bad-txns-inputs-missingorspent')
    expect(judged(saying('bad-txns-premature-spend-of-coinbase', other, []))).toMatchObject({
      status: 'fail',
    })
  })
  it('may not be refused for anything else', () => {
    expect(
      judged(saying('bad-txns-premature-spend-of-coinbase', rejected('invalid', 'bad-cb-height'))),
    ).toMatchObject({
      status: 'fail',
    })
  })
})

describe('a block with one fault', () => {
  it('is refused for that', () => {
    expect(judged(createEngine('spec'))).toMatchObject({ status: 'pass' })
    expect(judged(saying('bad-cb-amount', rejected('invalid', 'bad-cb-height')))).toMatchObject({
      status: 'fail',
      expected: 'rejected (invalid, bad-cb-amount)',
    })
  })
})

describe('a class that a target does not report', () => {
  it('is not compared', () => {
    const actual = rejected('invalid', 'mempool-script-verify-flag-failed (EVAL_FALSE)')
    const expected: Rejection = { ...actual, class: 'mutated' }
    const comparison = { subject: 'transaction', strictness: 'exact' } as const
    expect(isSameVerdict(expected, actual, comparison)).toBe(false)
    expect(isSameVerdict(expected, { ...actual, isClassUnknown: true }, comparison)).toBe(true)
  })
})

describe('a target that says nothing', () => {
  const { capabilities } = createEngine('spec')
  const isSame = (expected: Verdict, actual: Verdict) =>
    isSameVerdict(expected, actual, { subject: 'block', strictness: 'exact', capabilities })
  it('is contradicted by nothing', () => {
    expect(isSame({ outcome: 'connected' }, { outcome: 'unknown' })).toBe(true)
    expect(isSame({ outcome: 'unknown' }, { outcome: 'connected' })).toBe(true)
    expect(isSame({ outcome: 'stored' }, { outcome: 'connected' })).toBe(false)
  })
  it('has left something out', () => {
    const silent = saying('bad-cb-amount', { outcome: 'unknown', reason: 'policy: mine' })
    expect(judged(silent)).toMatchObject({
      status: 'partial',
      message: '1 of 3 deliveries abstained: policy: mine',
    })
  })
})

/** Of a whole node, which has a word for everything. */
const agrees = (subject: Subject, actual: Verdict, expected: Verdict, strictness: Strictness = 'exact') =>
  isSameVerdict(expected, actual, { subject, strictness })

it('compares outcome, class and reason, as closely as asked', () => {
  const actual = rejected('invalid', 'bad-cb-amount')
  expect(agrees('block', actual, rejected('invalid', 'bad-cb-amount'))).toBe(true)
  expect(agrees('block', actual, rejected('invalid', 'high-hash'))).toBe(false)
  expect(agrees('block', actual, rejected('invalid', 'high-hash'), 'class')).toBe(true)
  expect(agrees('block', actual, rejected('mutated', 'high-hash'), 'class')).toBe(false)
  expect(agrees('block', actual, rejected('mutated', 'high-hash'), 'verdict')).toBe(true)
  expect(agrees('block', actual, { outcome: 'connected' }, 'verdict')).toBe(false)
})

it('does not ask where a header stands that was kept', () => {
  expect(agrees('header', { outcome: 'stored' }, { outcome: 'connected' })).toBe(true)
  expect(agrees('block', { outcome: 'stored' }, { outcome: 'connected' })).toBe(false)
  expect(agrees('header', { outcome: 'stored' }, rejected('invalid', 'high-hash'))).toBe(false)
})

it('lets a node with a damaged disk know less, but neither believe nor refuse wrongly', () => {
  const missing: Verdict = { outcome: 'rejected', class: 'missing', reason: 'prev-blk-not-found' }
  const invalid = rejected('invalid', 'bad-cb-amount')
  const connected: Verdict = { outcome: 'connected' }
  const stored: Verdict = { outcome: 'stored' }
  for (const actual of [connected, stored, { outcome: 'duplicate' } as const, missing])
    expect(contradicts(connected, actual, 'block')).toBe(false)
  expect(contradicts(invalid, stored, 'block')).toBe(false)
  expect(contradicts(invalid, connected, 'block')).toBe(true)
  expect(contradicts({ outcome: 'invalid-ancestor' }, connected, 'block')).toBe(true)
  for (const actual of [
    invalid,
    rejected('mutated', 'bad-txnmrklroot'),
    { outcome: 'invalid-ancestor' } as const,
  ])
    expect(contradicts(stored, actual, 'block')).toBe(true)
  expect(contradicts({ outcome: 'accepted' }, invalid, 'transaction')).toBe(false)
})

const BAD_AMOUNT = rejected('invalid', 'bad-cb-amount')

describe('a verdict that the specification does not know', () => {
  it('is contradicted by no node', () => {
    for (const actual of [{ outcome: 'connected' }, BAD_AMOUNT, { outcome: 'unknown' }] as const)
      expect(agrees('block', actual, { outcome: 'unknown' })).toBe(true)
  })
  it('is no answer to what the specification knows', () => {
    expect(agrees('block', { outcome: 'unknown' }, { outcome: 'connected' })).toBe(false)
    expect(agrees('header', { outcome: 'unknown' }, { outcome: 'stored' })).toBe(false)
    expect(agrees('block', { outcome: 'unknown' }, BAD_AMOUNT)).toBe(false)
  })
})

it('leaves to a pool which of two conflicting transactions it holds', () => {
  const conflict: Verdict = {
    ...rejected('invalid', 'txn-mempool-conflict'),
    class: 'premature',
    basis: 'policy',
  }
  expect(agrees('transaction', { outcome: 'accepted' }, conflict)).toBe(true)
  expect(agrees('transaction', { outcome: 'accepted' }, rejected('invalid', 'coinbase'))).toBe(false)
  expect(agrees('transaction', conflict, { outcome: 'accepted' })).toBe(false)
})
