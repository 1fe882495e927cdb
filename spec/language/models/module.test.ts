import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bagOf,
  boolean,
  type Domain,
  defineModule,
  has,
  listOf,
  mapOf,
  oneOf,
  optional,
  printState,
  range,
  recordOf,
  sequenceOf,
  setOf,
  stepsFrom,
  subsetOf,
  waysOf,
  weak,
  without,
} from '../index.ts'

const vote = recordOf({ ballot: range(0, 1), value: oneOf(['a', 'b']) })

// biome-ignore lint/suspicious/noExplicitAny: domains of different values in one table
describe.each<[string, Domain<any>, number]>([
  ['oneOf', oneOf(['a', 'b', 'c']), 3],
  ['oneOf many', oneOf(Array.from({ length: 20 }, (_, index) => index)), 20],
  ['range', range(-1, 2), 4],
  ['boolean', boolean, 2],
  ['optional', optional(range(1, 2)), 3],
  ['optional record', optional(vote), 5],
  ['recordOf', vote, 4],
  ['mapOf', mapOf(['x', 'y'], range(0, 2)), 9],
  ['listOf', listOf(range(1, 3), 2), 9],
  ['sequenceOf', sequenceOf(oneOf(['a', 'b']), 3), 15],
  ['subsetOf', subsetOf([5, 6, 7]), 8],
  ['setOf records', setOf(vote), 16],
  ['setOf sequences', setOf(sequenceOf(boolean, 1)), 8],
  ['bagOf', bagOf(oneOf(['a', 'b']), 2), 9],
])('%s', (_, domain, size) => {
  const digitsOf = (value: unknown) => {
    const digits = new Uint32Array(domain.radices.length).fill(9)
    expect(domain.encode(value, digits, 0)).toBe(true)
    return digits
  }
  it('lists its values, each once and with digits of its own', () => {
    expect(domain.size).toBe(size)
    expect(domain.values()).toHaveLength(size)
    expect(new Set(domain.values().map((value) => digitsOf(value).join())).size).toBe(size)
    expect(new Set(domain.values().map(domain.print)).size).toBe(size)
    expect(new Set(domain.values().map((value) => JSON.stringify(domain.toItf(value)))).size).toBe(size)
  })
  it('reads back what it writes', () => {
    for (const value of domain.values()) expect(domain.decode(digitsOf(value), 0)).toEqual(value)
  })
  it('keeps its digits below their radices', () => {
    for (const value of domain.values())
      digitsOf(value).forEach((digit, place) => {
        expect(digit).toBeLessThan(domain.radices[place]!)
      })
  })
})

describe('what is not in a domain', () => {
  // biome-ignore lint/suspicious/noExplicitAny: domains of different values in one table
  it.each<[string, Domain<any>, unknown]>([
    ['oneOf', oneOf(['a']), 'b'],
    ['range above', range(0, 3), 4],
    ['range between', range(0, 3), 0.5],
    ['subset', subsetOf([1, 2]), [3]],
    ['list item', listOf(range(0, 1), 2), [0, 2]],
    ['list length', listOf(range(0, 1), 2), [0]],
    ['sequence length', sequenceOf(boolean, 1), [true, true]],
    ['record field', vote, { ballot: 2, value: 'a' }],
    ['set of records', setOf(vote), [{ ballot: 2, value: 'a' }]],
    ['bag', bagOf(oneOf(['a']), 1), ['a', 'a']],
  ])('is not encoded: %s', (_, domain, value) =>
    expect(domain.encode(value, new Uint32Array(8), 0)).toBe(false),
  )
})

describe('a set', () => {
  it('is the same in any order, and a member that stands there twice counts once', () => {
    const digits = new Uint32Array(1)
    const members = subsetOf(['a', 'b', 'c'])
    expect(members.encode(['c', 'a', 'c'], digits, 0)).toBe(true)
    expect(members.decode(digits, 0)).toEqual(['a', 'c'])
    expect(members.print(['c', 'a', 'c'])).toBe('{a, c}')
    expect(members.toItf(['c', 'a'])).toEqual({ '#set': ['a', 'c'] })
  })
  it('may have more members than one digit has bits', () => {
    const members = Array.from({ length: 70 }, (_, member) => member)
    const large = subsetOf(members)
    const digits = new Uint32Array(large.radices.length)
    for (const subset of [members, [29, 30, 59, 60, 69], []]) {
      large.encode(subset, digits, 0)
      expect(large.decode(digits, 0)).toEqual(subset)
    }
  })
  it('has members that are equal part by part', () => {
    const votes = [{ ballot: 1, value: 'a' }]
    expect([has(votes, { ballot: 1, value: 'a' }), has(votes, { ballot: 0, value: 'a' })]).toEqual([
      true,
      false,
    ])
    expect(without([...votes, ...votes], { ballot: 1, value: 'a' })).toEqual(votes)
    expect(without(votes, { ballot: 0, value: 'a' })).toBe(votes)
  })
})

describe('a domain of more values than a number counts', () => {
  /** Beyond 2^30, where bits of one number end, beyond 2^32, where a digit does, and beyond 2^53. */
  const number = fc.oneof(
    fc.constantFrom(0, 1, 2 ** 30, 2 ** 31, 2 ** 32 - 1),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  )
  const digitsOf = <Value>(domain: Domain<Value>, value: Value) => {
    const digits = new Uint32Array(domain.radices.length)
    expect(domain.encode(value, digits, 0)).toBe(true)
    return digits
  }

  it.each([2, 3, 7])('distinguishes lists of %i large numbers, and reads them back', (length) => {
    const lists = listOf(range(0, 2 ** 32 - 1), length)
    const list = fc.array(number, { minLength: length, maxLength: length })
    fc.assert(
      fc.property(list, list, (left, right) => {
        const [ofLeft, ofRight] = [digitsOf(lists, left), digitsOf(lists, right)]
        expect(lists.decode(ofLeft, 0)).toEqual(left)
        expect(ofLeft.join() === ofRight.join()).toBe(left.join() === right.join())
      }),
    )
  })

  it.each([30, 31, 53, 54, 90])('distinguishes subsets of %i members, and reads them back', (count) => {
    const members = Array.from({ length: count }, (_, place) => place)
    const subsets = subsetOf(members)
    fc.assert(
      fc.property(fc.subarray(members), fc.nat(count - 1), (subset, member) => {
        const digits = digitsOf(subsets, subset)
        expect(subsets.decode(digits, 0)).toEqual(subset)
        const other = subset.includes(member) ? without(subset, member) : [...subset, member]
        expect(digitsOf(subsets, other).join()).not.toBe(digits.join())
      }),
    )
  })
})

describe('a domain that cannot be', () => {
  it.each<[string, () => unknown]>([
    ['repeated value', () => oneOf(['a', 'b', 'a'])],
    ['repeated member', () => subsetOf([1, 1])],
    ['more than 2^32 numbers', () => range(0, 2 ** 32)],
    ['no number', () => range(1, 0)],
  ])('is refused when it is built: %s', (_, build) => expect(build).toThrow(RangeError))
})

/** A lamp that is switched at most `presses` times. */
const lamp = defineModule({
  name: 'Lamp',
  constants: { presses: 2 },
  presets: { short: { presses: 1 } },
  variables: ({ presses }) => ({ isLit: boolean, presses: range(0, presses) }),
  init: () => [{ isLit: false, presses: 0 }],
  actions: ({ presses: most }, action) => ({
    Press: action({
      choose: { side: oneOf(['left', 'right']) },
      guard: {
        isNotWorn: ({ presses }) => presses < most,
        isLeftAtFirst: ({ presses }, { side }) => side === 'left' || presses > 0,
      },
      next: ({ isLit, presses }) => ({ isLit: !isLit, presses: presses + 1 }),
    }),
    Wait: action({ guard: ({ isLit }) => isLit, next: () => ({}) }),
  }),
  invariants: () => ({ litWhenOdd: ({ isLit, presses }) => isLit === (presses % 2 === 1) }),
  properties: (_, { eventually, leadsTo }) => ({
    lit: eventually(({ isLit }) => isLit),
    goesOut: leadsTo(
      ({ isLit }) => isLit,
      ({ isLit }) => !isLit,
    ),
  }),
  fairness: () => [weak(['Press'])],
  sometimes: () => ({ isLit: ({ isLit }) => isLit }),
})

describe('a module', () => {
  it('lists steps in a fixed order, each with the variables it leaves alone', () => {
    expect([...stepsFrom(lamp, { isLit: false, presses: 0 })]).toEqual([
      { action: 'Press', choice: { side: 'left' }, state: { isLit: true, presses: 1 } },
    ])
    expect(
      [...stepsFrom(lamp, { isLit: true, presses: 1 })].map(({ action, choice }) => [action, choice]),
    ).toEqual([
      ['Press', { side: 'left' }],
      ['Press', { side: 'right' }],
      ['Wait', {}],
    ])
  })
  it('multiplies the ways of its conjuncts', () => {
    const [press] = lamp.actions
    const ways = { ...press!, conjuncts: [...press!.conjuncts, { name: 'twice', holds: () => 2 }] }
    expect([
      waysOf(ways, { isLit: false, presses: 0 }, { side: 'left' }),
      waysOf(ways, { isLit: false, presses: 2 }, { side: 'left' }),
    ]).toEqual([2, 0])
  })
  it('prints states and choices by their domains', () => {
    expect(printState(lamp, { isLit: true, presses: 1 })).toBe('isLit = true\npresses = 1')
    expect(lamp.actions[0]!.printChoice({ side: 'left' })).toBe('side: left')
  })
  it('is the same with other constants, or those of a preset', () => {
    const longer = lamp.withConstants({ presses: 9 })
    expect([longer.constants.presses, longer.variables.presses.size, lamp.variables.presses.size]).toEqual([
      9, 10, 3,
    ])
    expect(lamp.withPreset('short').constants).toEqual({ presses: 1 })
    expect(() => lamp.withPreset('long')).toThrow('Lamp has no preset long: short')
  })
  it('is refused when its fairness names no action', () => {
    const define = () =>
      defineModule({
        name: 'Wrong',
        constants: {},
        variables: () => ({ isLit: boolean }),
        init: () => [{ isLit: false }],
        actions: () => ({}),
        fairness: () => [weak(['Press'])],
      })
    expect(define).toThrow('Wrong: fairness names Press, which is no action')
  })
})
