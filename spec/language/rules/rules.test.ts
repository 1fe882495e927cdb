import { describe, expect, it } from 'vitest'
import {
  atLeast,
  atMost,
  broken,
  defineRule,
  each,
  equal,
  holds,
  ok,
  rulesOf,
  violationsOf,
  within,
} from '../index.ts'

describe('outcomes', () => {
  it.each([
    [2, 'broken'],
    [3, 'ok'],
    [4, 'ok'],
  ])('at least 3: %i', (actual, expected) =>
    expect(atLeast(3, actual) === ok ? 'ok' : 'broken').toBe(expected),
  )
  it.each([
    [2, 'ok'],
    [3, 'ok'],
    [4, 'broken'],
  ])('at most 3: %i', (actual, expected) => expect(atMost(3, actual) === ok ? 'ok' : 'broken').toBe(expected))
  it('within, equal, holds', () => {
    expect([1n, 2n, 3n, 4n, 5n].map((actual) => within(2n, 4n, actual) === ok)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect([equal('a', 'a'), equal('a', 'b')]).toEqual([ok, broken('a', 'b')])
    expect([holds(true, 'x', 1), holds(false, 'x', 1)]).toEqual([ok, { expected: 'x', actual: '1' }])
  })
  it('carry a suffix where there is one', () =>
    expect(broken(1, 2, '(z)')).toEqual({ expected: '1', actual: '2', suffix: '(z)' }))
})

const rule = (id: string, least: number) =>
  defineRule<number, object>({
    id,
    reason: id,
    must: 'MUST.',
    sources: ['here'],
    check: (subject) => atLeast(least, subject),
  })

describe('a rule', () => {
  it('is invalid for ever, unconfirmed or not, unless its definition says otherwise', () => {
    expect(rule('a', 0)).toMatchObject({
      rejection: 'invalid',
      limits: [],
      unconfirmed: { reason: 'a', rejection: 'invalid' },
    })
    const other = defineRule<number, object>({
      ...rule('a', 0),
      rejection: 'mutated',
      unconfirmed: { reason: 'b' },
    })
    expect(other.unconfirmed).toEqual({ reason: 'b', rejection: 'mutated' })
  })
})

describe('a checklist', () => {
  const asked: string[] = []
  const noted = (id: string, least: number) => ({
    ...rule(id, least),
    check: (subject: number) => {
      asked.push(`${id}${subject}`)
      return atLeast(least, subject)
    },
  })
  const list = [
    each<readonly number[], number, object>('number', (numbers) => numbers, [noted('a', 1), noted('b', 2)]),
    each<readonly number[], number, object>('size', (numbers) => [numbers.length], [noted('c', 9)]),
  ]
  const ids = (violations: Iterable<{ rule: { id: string } }>) =>
    [...violations].map((violation) => violation.rule.id)
  it('asks all of one part before any of the next, in order', () => {
    asked.length = 0
    expect(ids(violationsOf(list, [1, 0], {}))).toEqual(['b', 'a', 'b', 'c'])
    expect(asked).toEqual(['a1', 'b1', 'a0', 'b0', 'c2'])
  })
  it('asks no more than is taken', () => {
    asked.length = 0
    const [first] = violationsOf(list, [0, 0], {})
    expect([first!.rule.id, asked]).toEqual(['a', ['a0']])
  })
  it('leaves out what is not in force', () => {
    expect(ids(violationsOf(list, [0], {}, (id) => id !== 'b'))).toEqual(['a', 'c'])
  })
  it('lists its rules with the parts that lead to them', () => {
    expect([...rulesOf(list)].map(({ rule, path }) => [...path, rule.id].join('/'))).toEqual([
      'number/a',
      'number/b',
      'size/c',
    ])
  })
})
