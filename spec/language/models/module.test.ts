import { describe, expect, it } from 'vitest'
import {
  action,
  always,
  boolean,
  defineModule,
  eventually,
  leadsTo,
  listOf,
  oneOf,
  range,
  subsetOf,
} from '../index.ts'

describe.each([
  ['oneOf', oneOf(['a', 'b', 'c']), 3],
  ['range', range(-1, 2), 4],
  ['boolean', boolean, 2],
  ['subsetOf', subsetOf([5, 6, 7]), 8],
  ['listOf', listOf(range(1, 3), 2), 9],
] as const)('%s', (_, domain, size) => {
  it('numbers its values, each once', () => {
    const indices = Array.from({ length: size }, (_value, index) => index)
    expect(domain.size).toBe(size)
    expect(indices.map((index) => domain.indexOf(domain.valueAt(index) as never))).toEqual(indices)
    expect(new Set(indices.map((index) => domain.print(domain.valueAt(index) as never))).size).toBe(size)
  })
})

describe('what is not in a domain', () => {
  it('has no number', () => {
    expect(range(0, 3).indexOf(4)).toBe(-1)
    expect(range(0, 3).indexOf(0.5)).toBe(-1)
    expect(subsetOf<number>([1, 2]).indexOf([3])).toBe(-1)
    expect(listOf(range(0, 1), 2).indexOf([0, 2])).toBe(-1)
    expect(listOf(range(0, 1), 2).indexOf([0])).toBe(-1)
    expect(subsetOf([5, 6, 7]).indexOf([7, 5])).toBe(-1)
    expect(subsetOf([5, 6, 7]).indexOf([5, 5])).toBe(-1)
  })
})

describe('a domain in which two values would share a number', () => {
  it.each<[string, () => unknown]>([
    ['list', () => listOf(range(0, 2 ** 30), 2)],
    ['subset', () => subsetOf(Array.from({ length: 53 }, (_, member) => member))],
    ['range', () => range(1, 2 ** 53)],
    ['repeated value', () => oneOf(['a', 'b', 'a'])],
    ['repeated member', () => subsetOf([1, 1])],
  ])('is refused when it is built: %s', (_, build) => expect(build).toThrow(RangeError))
  it('is not one of 2^52 values', () => {
    const largest = subsetOf(Array.from({ length: 52 }, (_, member) => member))
    const last = largest.valueAt(largest.size - 1)
    expect(last).toHaveLength(52)
    expect(largest.indexOf(last)).toBe(largest.size - 1)
    expect(largest.indexOf(last.slice(1))).toBe(largest.size - 2)
  })
})

/** A lamp that is switched at most `presses` times. */
const lamp = defineModule<{ presses: number }, { isLit: boolean; presses: number }>({
  name: 'Lamp',
  constants: { presses: 2 },
  variables: ({ presses }) => ({ isLit: boolean, presses: range(0, presses) }),
  init: () => [{ isLit: false, presses: 0 }],
  actions: ({ presses: most }) => ({
    Press: action({
      choices: () => ['left', 'right'],
      guard: ({ presses }, side) => presses < most && (side === 'left' || presses > 0),
      next: ({ isLit, presses }) => ({ isLit: !isLit, presses: presses + 1 }),
    }),
    Wait: action({ choices: () => [0], guard: ({ isLit }) => isLit, next: () => ({}) }),
  }),
  invariants: () => ({ litWhenOdd: ({ isLit, presses }) => isLit === (presses % 2 === 1) }),
  properties: () => ({
    dark: always(({ isLit }) => !isLit),
    lit: eventually(({ isLit }) => isLit),
    goesOut: leadsTo(
      ({ isLit }) => isLit,
      ({ isLit }) => !isLit,
    ),
  }),
  witnesses: () => ({ isLit: ({ isLit }) => isLit }),
})

describe('a module', () => {
  it('lists steps in a fixed order, each with the variables it leaves alone', () => {
    expect([...lamp.steps({ isLit: false, presses: 0 })]).toEqual([
      { action: 'Press', choice: 'left', state: { isLit: true, presses: 1 } },
    ])
    expect(
      [...lamp.steps({ isLit: true, presses: 1 })].map(({ action, choice }) => [action, choice]),
    ).toEqual([
      ['Press', 'left'],
      ['Press', 'right'],
      ['Wait', 0],
    ])
  })
  it('packs and prints states by their domains', () => {
    expect([lamp.pack({ isLit: false, presses: 2 }), lamp.pack({ isLit: true, presses: 0 })]).toEqual([
      2n,
      3n,
    ])
    expect(lamp.print({ isLit: true, presses: 1 })).toBe('isLit = true\npresses = 1')
    expect(() => lamp.pack({ isLit: true, presses: 3 })).toThrow('presses has left its domain: 3')
  })
  it('is the same with other constants', () => {
    const longer = lamp.withConstants({ presses: 9 })
    expect([longer.constants.presses, longer.variables.presses.size, lamp.variables.presses.size]).toEqual([
      9, 10, 3,
    ])
  })
  it('names its properties', () => {
    expect(Object.values(lamp.properties).map(({ kind }) => kind)).toEqual([
      'always',
      'eventually',
      'leads-to',
    ])
  })
})
