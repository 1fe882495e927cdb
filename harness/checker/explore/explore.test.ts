import { describe, expect, it } from 'vitest'
import { boolean, defineModule, has, oneOf, range, setOf, subsetOf } from '../../../spec/index.ts'
import { CLASSICS } from '../classics/index.ts'
import { traceToItf, traceToJson } from '../show/itf.ts'
import { traceLines } from '../show/text.ts'
import { explore } from './explore.ts'

/** Two jugs, of three and five litres; four litres are wanted. [a puzzle, known from the film Die Hard 3] */
const jugs = defineModule({
  name: 'Jugs',
  constants: { wanted: 4 },
  variables: () => ({ small: range(0, 3), big: range(0, 5) }),
  init: () => [{ small: 0, big: 0 }],
  actions: (_, action) => ({
    FillSmall: action({ next: () => ({ small: 3 }) }),
    FillBig: action({ next: () => ({ big: 5 }) }),
    EmptySmall: action({ next: () => ({ small: 0 }) }),
    EmptyBig: action({ next: () => ({ big: 0 }) }),
    SmallToBig: action({
      next: ({ small, big }) => {
        const poured = Math.min(small, 5 - big)
        return { small: small - poured, big: big + poured }
      },
    }),
    BigToSmall: action({
      next: ({ small, big }) => {
        const poured = Math.min(big, 3 - small)
        return { small: small + poured, big: big - poured }
      },
    }),
  }),
  invariants: ({ wanted }) => ({ isNotYetThere: ({ big }) => big !== wanted }),
  sometimes: (_, ofStep) => ({
    bothAreFull: ({ small, big }) => small === 3 && big === 5,
    nothingIsPoured: ofStep(({ big }, after, { action }) => action === 'SmallToBig' && after.big === big),
    never: ({ small }) => small > 3,
  }),
})

describe('breadth first', () => {
  const { outcome, violation } = explore(jugs)
  it('finds a shortest way to what is wrong', () => {
    expect([outcome, violation?.kind, violation?.name]).toEqual(['violation', 'invariant', 'isNotYetThere'])
    expect(traceLines(jugs, violation!.trace)).toEqual([
      '1  at first',
      '     small = 0',
      '     big = 0',
      '2  FillBig',
      '     big = 5',
      '3  BigToSmall',
      '     small = 3',
      '     big = 2',
      '4  EmptySmall',
      '     small = 0',
      '5  BigToSmall',
      '     small = 2',
      '     big = 0',
      '6  FillBig',
      '     big = 5',
      '7  BigToSmall',
      '     small = 3',
      '     big = 4',
    ])
  })
  it('gives it as data, too', () => {
    expect(traceToJson(violation!.trace).slice(0, 2)).toEqual([
      { changes: { small: 0, big: 0 } },
      { action: 'FillBig', choice: {}, changes: { big: 5 } },
    ])
    expect(traceToItf(jugs, violation!.trace)).toMatchObject({
      vars: ['small', 'big'],
      states: { 1: { '#meta': { index: 1, action: 'FillBig' }, small: 0, big: 5 }, length: 7 },
    })
  })
  it('counts what is possible, taken and new, and what is seen sometimes', () => {
    const { distinct, generated, depth, actions, sometimes, queue } = explore({ ...jugs, invariants: {} })
    expect({ distinct, generated, depth, queue }).toEqual({ distinct: 16, generated: 97, depth: 8, queue: 0 })
    expect(actions.reduce((sum, { fresh }) => sum + fresh, 1)).toBe(16)
    expect(actions[0]).toEqual({ name: 'FillSmall', enabled: 16, taken: 16, fresh: 3 })
    expect(sometimes).toEqual({ bothAreFull: 1, nothingIsPoured: 9, never: 0 })
  })
})

describe('states', () => {
  it('are kept apart though all hashes collide', () => {
    const { model } = CLASSICS.get('two-phase')!
    expect(explore(model, { hash: () => 7 }).distinct).toBe(288)
  })
  it('may take several words, and a digit a whole one', () => {
    const wide = defineModule({
      name: 'Wide',
      constants: {},
      variables: () => ({
        set: subsetOf(Array.from({ length: 45 }, (_, member) => member)),
        big: range(0, 2 ** 32 - 1),
        last: boolean,
      }),
      init: () => [{ set: [], big: 0, last: false }],
      actions: (_, action) => ({
        Add: action({
          choose: { member: oneOf([0, 29, 30, 44]) },
          guard: ({ set }, { member }) => !set.includes(member),
          next: ({ set }, { member }) => ({ set: [...set, member] }),
        }),
        Leap: action({ next: ({ big }) => ({ big: 2 ** 32 - 1 - big }) }),
        Turn: action({ next: ({ last }) => ({ last: !last }) }),
      }),
    })
    expect(explore(wide).distinct).toBe(16 * 2 * 2)
  })
  it('come to an end when memory does', () => {
    const { model } = CLASSICS.get('two-phase')!
    const { outcome, queue } = explore(model.withPreset('5'), { memoryBytesMax: 20_000 })
    expect(outcome).toBe('bounded')
    expect(queue).toBeGreaterThan(0)
  })
})

/** A counter that may be put back to zero, with what a test changes of it. */
const counter = defineModule({
  name: 'Counter',
  constants: { most: 3 },
  variables: ({ most }) => ({ count: range(0, most) }),
  init: () => [{ count: 0 }],
  actions: ({ most }, action) => ({
    Count: action({ guard: ({ count }) => count < most, next: ({ count }) => ({ count: count + 1 }) }),
  }),
})

describe('a state without a step', () => {
  it('is a deadlock, unless the model ends there or nobody asks', () => {
    const { violation } = explore(counter)
    expect([violation?.kind, violation?.trace.at(-1)?.state]).toEqual(['deadlock', { count: 3 }])
    expect(explore({ ...counter, ends: ({ count }) => count === 3 }).outcome).toBe('complete')
    expect(explore({ ...counter, ends: ({ count }) => count === 2 }).outcome).toBe('violation')
    expect(explore(counter, { deadlock: false }).outcome).toBe('complete')
  })
})

describe('counting as TLC does', () => {
  it('counts a state outside the constraint as generated, and keeps it not', () => {
    const { distinct, generated, outcome } = explore({ ...counter, constraint: ({ count }) => count < 2 })
    expect({ distinct, generated, outcome }).toEqual({ distinct: 2, generated: 3, outcome: 'complete' })
  })
  it('asks for the constraint before the domain', () => {
    const [count] = counter.actions
    const beyond = { ...counter, actions: [{ ...count!, conjuncts: [] }] }
    expect(explore({ ...beyond, constraint: ({ count }) => count <= 3 }).distinct).toBe(4)
  })
  it('counts each way in which a guard is true', () => {
    const [count] = counter.actions
    const ways = [{ name: 'ways', holds: ({ count }: { count: number }) => (count < 3 ? count + 1 : 0) }]
    const { distinct, generated } = explore(
      { ...counter, actions: [{ ...count!, conjuncts: ways }] },
      { deadlock: false },
    )
    expect({ distinct, generated }).toEqual({ distinct: 4, generated: 1 + 1 + 2 + 3 })
  })
  it('counts initial states, equal ones too', () => {
    const { distinct, generated } = explore({
      ...counter,
      init: [{ count: 3 }, { count: 3 }],
      ends: () => true,
    })
    expect({ distinct, generated }).toEqual({ distinct: 1, generated: 2 })
  })
})

describe('properties of steps', () => {
  const ends = () => true
  it('are violated by a step, which ends the trace', () => {
    const { violation } = explore({
      ...counter,
      ends,
      properties: {
        slow: { kind: 'always-step', holds: ({ count }, after) => after.count < 2 || count > 5 },
      },
    })
    expect([violation?.kind, violation?.name, violation?.trace.length]).toEqual(['step', 'slow', 3])
  })
  it('say nothing of steps that change nothing', () => {
    const [count] = counter.actions
    const idle = { ...count!, conjuncts: [], next: () => ({}) }
    const properties = { isNever: { kind: 'always-step', holds: () => false } } as const
    expect(explore({ ...counter, actions: [idle], properties }).outcome).toBe('complete')
    expect(explore({ ...counter, actions: [count!], properties }).outcome).toBe('violation')
  })
})

describe('a model that implements another', () => {
  const { model } = CLASSICS.get('two-phase')!
  it('takes only steps of the other', () => {
    expect(explore(model).outcome).toBe('complete')
  })
  it('violates it with a step that the other does not have', () => {
    const [isUndecided] = model.actions.find(({ name }) => name === 'DecideAbort')!.conjuncts
    const hasty = model.actions.map((action) =>
      action.name === 'DecideCommit' ? { ...action, conjuncts: [isUndecided!] } : action,
    )
    const { violation } = explore({ ...model, actions: hasty })
    expect([violation?.kind, violation?.name]).toEqual(['refinement', 'tCommit'])
    expect(violation?.trace.at(-1)?.happened?.action).toBe('ObeyCommit')
  })
  it('violates it with an initial state that the other does not have', () => {
    const { violation } = explore({
      ...model,
      init: model.init.map((state) => ({ ...state, manager: { ...state.manager, r1: 'prepared' } })),
    })
    expect([violation?.kind, violation?.trace.length]).toEqual(['refinement', 1])
  })
})

describe('what is wrong in a model', () => {
  const [count] = counter.actions
  const withNext = (next: (state: { count: number }) => object) => ({
    ...counter,
    actions: [{ ...count!, next }],
  })
  it.each<[string, () => unknown, string]>([
    [
      'a value outside its domain',
      () => explore(withNext(({ count }) => ({ count: count + 2 }))),
      'Counter, Count(): count has left its domain: 4; the state before\ncount = 2',
    ],
    [
      'a variable that is none',
      () => explore(withNext(() => ({ cuont: 1 }))),
      'cuont is no variable of Counter; the state before\ncount = 0',
    ],
    [
      'a next that throws',
      () =>
        explore(
          withNext(() => {
            throw new TypeError('no such thing')
          }),
        ),
      'Counter, Count(): TypeError: no such thing; the state before\ncount = 0',
    ],
    [
      'a state that is changed in place',
      () =>
        explore(
          withNext((state) => {
            state.count = 3
            return {}
          }),
        ),
      'Counter: an action has changed the state before it, which is now\ncount = 3',
    ],
    ['no initial state', () => explore({ ...counter, init: [] }), 'Counter has no initial state'],
  ])('%s is said with the state', (_, run, message) => expect(run).toThrow(message))

  it('a set that is changed in place is noticed, too', () => {
    const votes = defineModule({
      name: 'Votes',
      constants: {},
      variables: () => ({ votes: setOf(oneOf(['a', 'b'])) }),
      init: () => [{ votes: [] as readonly ('a' | 'b')[] }],
      actions: (_, action) => ({
        Vote: action({
          choose: { who: oneOf(['a', 'b']) },
          guard: ({ votes }, { who }) => !has(votes, who),
          next: ({ votes }, { who }) => {
            ;(votes as string[]).push(who)
            return { votes }
          },
        }),
      }),
    })
    expect(() => explore(votes)).toThrow('Votes: an action has changed the state before it')
  })
})
