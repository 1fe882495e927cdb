import { describe, expect, it } from 'vitest'
import { compose, defineModule, oneOf, range, weak } from '../../../spec/index.ts'
import { check } from '../check.ts'

const counter = defineModule({
  name: 'Counter',
  constants: { most: 3 },
  variables: ({ most }) => ({ count: range(0, most) }),
  init: () => [{ count: 0 }],
  actions: ({ most }, action) => ({
    Count: action<{ by: number }>({
      choose: { by: range(1, 2) },
      guard: ({ count }, { by }) => count + by <= most,
      next: ({ count }, { by }) => ({ count: count + by }),
    }),
  }),
  ends: () => () => true,
  invariants: ({ most }) => ({ isSmall: ({ count }) => count <= most }),
  properties: ({ most }, { eventually }) => ({ isFull: eventually(({ count }) => count === most) }),
  fairness: () => [weak(['Count'])],
})
const lamp = defineModule({
  name: 'Lamp',
  constants: {},
  variables: () => ({ light: oneOf(['on', 'off']), presses: range(0, 2) }),
  init: () => [
    { light: 'off' as const, presses: 0 },
    { light: 'on' as const, presses: 0 },
  ],
  actions: (_, action) => ({
    Press: action<{ by: number }>({
      choose: { by: range(1, 2) },
      guard: ({ presses }, { by }) => presses + by <= 2,
      next: ({ light, presses }, { by }) => ({ light: light === 'on' ? 'off' : 'on', presses: presses + by }),
    }),
  }),
  ends: () => () => true,
  invariants: () => ({ isRarelyPressed: ({ presses }) => presses < 2 }),
})

describe('compose', () => {
  it('multiplies the states of models that have nothing to do with each other', () => {
    const [left, right] = [check(counter), check({ ...lamp, invariants: {} })]
    const both = check(compose(counter, { ...lamp, invariants: {} }, { name: 'Both' }))
    expect([left.distinct, right.distinct, both.distinct]).toEqual([4, 6, 24])
    expect(both.outcome).toBe('complete')
  })
  it('keeps what each says of itself', () => {
    const { violation } = check(compose(counter, lamp, { name: 'Both' }))
    expect([violation?.name, violation?.trace.length]).toEqual(['isRarelyPressed', 2])
    const hasty = { ...counter, fairness: [] }
    expect(check(compose(hasty, { ...lamp, invariants: {} }, { name: 'Both' })).violation?.name).toBe(
      'isFull',
    )
  })
  it('lets actions happen together, with one choice', () => {
    const together = { CountAndPress: ['Count', 'Press'] as const }
    const model = compose(
      { ...counter, fairness: [], properties: {} },
      { ...lamp, invariants: {} },
      { name: 'Both', together },
    )
    const { distinct, depth, actions } = check(model)
    expect(actions.map(({ name }) => name)).toEqual(['CountAndPress'])
    expect(model.actions[0]!.choices).toEqual([{ by: 1 }, { by: 2 }])
    expect([distinct, depth]).toEqual([6, 2])
  })
  it('refuses what both have, and what neither has', () => {
    const withCounter = (options: Parameters<typeof compose>[2]) => () => compose(counter, lamp, options)
    expect(() => compose(counter, counter, { name: 'Twice' })).toThrow(
      'Twice: both have Count among their action',
    )
    expect(withCounter({ name: 'Both', together: { X: ['Counts', 'Press'] } })).toThrow(
      'Counter has no action Counts',
    )
    expect(withCounter({ name: 'Both', together: { X: ['Count', 'Press'] } })).toThrow(
      'Both has no action Count',
    )
  })
})
