import { describe, expect, it } from 'vitest'
import { boolean, defineModule, mapOf, oneOf, range, stepsFrom } from '../../../spec/index.ts'
import { check } from '../check.ts'
import { CLASSICS } from '../classics/index.ts'
import { explore } from './explore.ts'

const twoPhase = CLASSICS.get('two-phase')!.model
const voting = CLASSICS.get('voting')!.model

describe('one state for all that differ in names only', () => {
  it('gives as many states as there are orbits, counted by hand', () => {
    const plain = explore(voting)
    const names = ['a1', 'a2', 'a3']
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    const swapped = (value: string) => (value === 'v1' ? 'v2' : 'v1')
    const orbitOf = (state: { votes: Record<string, { ballot: number; value: string }[]>; seen: object }) =>
      orders
        .flatMap((order) =>
          [(value: string) => value, swapped].map((rename) =>
            JSON.stringify(
              order.map((place) => [
                state.votes[names[place]!]!.map(({ ballot, value }) => `${ballot}${rename(value)}`).sort(),
                (state.seen as Record<string, number>)[names[place]!],
              ]),
            ),
          ),
        )
        .sort()[0]!
    const { layout, states } = plain.space
    const orbits = new Set(
      Array.from({ length: states.count }, (_, number) =>
        orbitOf(layout.read(states.arena, number * layout.width)),
      ),
    )
    expect(explore(voting, { symmetry: true }).distinct).toBe(orbits.size)
  })
  it('gives a counterexample in which every step is one', () => {
    const invariants = {
      nobodyCommits: ({ manager }: { manager: Record<string, string> }) =>
        !Object.values(manager).includes('committed'),
    }
    const model = { ...twoPhase, invariants }
    const { violation } = explore(model, { symmetry: true })
    expect(violation?.trace).toHaveLength(explore(model).violation!.trace.length)
    for (const [index, { state }] of violation!.trace.slice(1).entries())
      expect([...stepsFrom(model, violation!.trace[index]!.state)].map((step) => step.state)).toContainEqual(
        state,
      )
  })
  it('keeps the names that processes have on the way', () => {
    const passing = defineModule({
      name: 'Passing',
      constants: {},
      variables: () => ({ holder: oneOf(['x', 'y']), passes: range(0, 4) }),
      init: () => (['x', 'y'] as const).map((holder) => ({ holder, passes: 0 })),
      actions: (_, action) => ({
        Pass: action({
          choose: { to: oneOf(['x', 'y']) },
          guard: ({ holder, passes }, { to }) => holder !== to && passes < 4,
          next: ({ passes }, { to }) => ({ holder: to, passes: passes + 1 }),
        }),
      }),
      invariants: () => ({ isShort: ({ passes }) => passes < 3 }),
      interchangeable: () => [['x', 'y']],
    })
    const { violation, distinct } = explore(passing, { symmetry: true })
    expect(violation?.trace.map(({ state }) => state.holder)).toEqual(['x', 'y', 'x', 'y'])
    expect(distinct).toBe(4)
  })
  it('gives a violating step, too', () => {
    const model = {
      ...twoPhase,
      refinements: {},
      properties: {
        isNeverSeen: {
          kind: 'always-step',
          holds: (_before: unknown, after: { prepared: readonly string[] }) => after.prepared.length < 2,
        },
      },
    } as const
    const { violation } = explore(model, { symmetry: true })
    expect([violation?.kind, violation?.trace.length]).toEqual([
      'step',
      explore(model).violation?.trace.length,
    ])
    expect(violation!.trace.at(-1)!.state.prepared).toHaveLength(2)
  })
})

describe('what symmetry does not go with', () => {
  it('is refused: properties of whole behaviours', () => {
    const model = { ...voting, properties: { ends: { kind: 'eventually', holds: () => true } } } as const
    expect(() => check(model, { symmetry: true })).toThrow(
      'ends is a property of whole behaviours, which symmetry cannot judge',
    )
    expect(check(model).outcome).toBe('complete')
  })
  it('is refused: processes that are not alike', () => {
    const race = defineModule({
      name: 'Race',
      constants: {},
      variables: () => ({ laps: mapOf(['x', 'y'], range(0, 2)), isOver: boolean }),
      init: () => [{ laps: { x: 0, y: 0 }, isOver: false }],
      actions: (_, action) => ({
        Run: action({
          choose: { who: oneOf(['x', 'y']) },
          guard: ({ laps }, { who }) => laps[who] < (who === 'x' ? 2 : 1),
          next: ({ laps }, { who }) => ({ laps: { ...laps, [who]: laps[who] + 1 } }),
        }),
      }),
      ends: () => () => true,
      interchangeable: () => [['x', 'y']],
    })
    expect(() => explore(race, { symmetry: true })).toThrow('Race: x and y are not interchangeable')
    expect(explore(race).distinct).toBe(6)
  })
  it('is refused: an invariant that prefers one of them', () => {
    const invariants = {
      firstAborts: ({ manager }: { manager: Record<string, string> }) => manager.r1 !== 'aborted',
    }
    expect(() => explore({ ...twoPhase, invariants }, { symmetry: true })).toThrow(
      'r1 and r2 are not interchangeable',
    )
  })
})
