import { describe, expect, it } from 'vitest'
import { chainLookup, createEngine } from '../adapters/index.ts'
import { judgeScenario } from '../conformance/index.ts'
import { compileScenario, parseScenario } from '../scenario/index.ts'
import { sameVerdict } from './agreement.ts'
import type { Capability, Engine } from './engine.ts'
import type { Verdict } from './verdict.ts'

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
    capabilities: new Set([...engine.capabilities].filter((one) => !lacks.includes(one))),
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
const rejected = (reason: string): Verdict => ({ outcome: 'rejected', class: 'invalid', reason })

describe('a block with several faults', () => {
  it('may be refused for any of them', () => {
    expect(
      judged(saying('bad-txns-premature-spend-of-coinbase', rejected('bad-txns-inputs-missingorspent'))),
    ).toMatchObject({
      status: 'pass',
    })
  })
  it('is refused for the first of them by a target that keeps to the order', () => {
    const other = rejected('bad-txns-inputs-missingorspent')
    expect(judged(saying('bad-txns-premature-spend-of-coinbase', other, []))).toMatchObject({
      status: 'fail',
      expected: 'rejected, invalid, bad-txns-premature-spend-of-coinbase',
    })
  })
  it('may not be refused for anything else', () => {
    expect(judged(saying('bad-txns-premature-spend-of-coinbase', rejected('bad-cb-height')))).toMatchObject({
      status: 'fail',
    })
  })
})

describe('a block with one fault', () => {
  it('is refused for that', () => {
    expect(judged(createEngine('spec'))).toMatchObject({ status: 'pass' })
    expect(judged(saying('bad-cb-amount', rejected('bad-cb-height')))).toMatchObject({
      status: 'fail',
      expected: 'rejected, invalid, bad-cb-amount',
    })
  })
})

describe('a class that a target does not tell', () => {
  it('is not compared', () => {
    const engine = createEngine('spec')
    const told = rejected('mempool-script-verify-flag-failed (EVAL_FALSE)')
    const want: Verdict = { ...told, class: 'mutated' } as Verdict
    expect(sameVerdict(want, told, engine, 'exact')).toBe(false)
    expect(sameVerdict(want, { ...told, isClassUnsaid: true } as Verdict, engine, 'exact')).toBe(true)
  })
})

describe('whoever says nothing', () => {
  const engine = createEngine('spec')
  it('is contradicted by nothing', () => {
    expect(sameVerdict({ outcome: 'connected' }, { outcome: 'unknown' }, engine, 'exact')).toBe(true)
    expect(sameVerdict({ outcome: 'unknown' }, { outcome: 'connected' }, engine, 'exact')).toBe(true)
    expect(sameVerdict({ outcome: 'stored' }, { outcome: 'connected' }, engine, 'exact')).toBe(false)
  })
  it('is told to have left something out', () => {
    const silent = saying('bad-cb-amount', { outcome: 'unknown', reason: 'policy: mine' })
    expect(judged(silent)).toMatchObject({
      status: 'partial',
      message: '1 of 3 deliveries abstained: policy: mine',
    })
  })
})
