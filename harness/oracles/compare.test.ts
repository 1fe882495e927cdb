import { describe, expect, it } from 'vitest'
import type { Verdict } from '../ports/verdict.ts'
import { isSameVerdict, verdictText } from './compare.ts'

const rejected = (rejection: 'invalid' | 'mutated', reason: string): Verdict => ({
  outcome: 'rejected',
  class: rejection,
  reason,
})

it('compares outcome, class and reason, as closely as asked', () => {
  const actual = rejected('invalid', 'bad-cb-amount')
  expect(isSameVerdict('block', actual, rejected('invalid', 'bad-cb-amount'))).toBe(true)
  expect(isSameVerdict('block', actual, rejected('invalid', 'high-hash'))).toBe(false)
  expect(isSameVerdict('block', actual, rejected('invalid', 'high-hash'), 'class')).toBe(true)
  expect(isSameVerdict('block', actual, rejected('mutated', 'high-hash'), 'class')).toBe(false)
  expect(isSameVerdict('block', actual, rejected('mutated', 'high-hash'), 'verdict')).toBe(true)
  expect(isSameVerdict('block', actual, { outcome: 'connected' }, 'verdict')).toBe(false)
})

it('does not ask where a header stands that was kept', () => {
  expect(isSameVerdict('header', { outcome: 'stored' }, { outcome: 'connected' })).toBe(true)
  expect(isSameVerdict('block', { outcome: 'stored' }, { outcome: 'connected' })).toBe(false)
  expect(isSameVerdict('header', { outcome: 'stored' }, rejected('invalid', 'high-hash'))).toBe(false)
})

it('says a verdict in one line', () => {
  expect(verdictText(rejected('invalid', 'high-hash'))).toBe('rejected (invalid, high-hash)')
  expect(verdictText({ outcome: 'stored' })).toBe('stored')
})

const BAD_AMOUNT = rejected('invalid', 'bad-cb-amount')

describe('a verdict that the specification does not know', () => {
  it('is contradicted by no node', () => {
    for (const actual of [{ outcome: 'connected' }, BAD_AMOUNT, { outcome: 'unknown' }] as const)
      expect(isSameVerdict('block', actual, { outcome: 'unknown' })).toBe(true)
  })
  it('is no answer to what the specification knows', () => {
    expect(isSameVerdict('block', { outcome: 'unknown' }, { outcome: 'connected' })).toBe(false)
    expect(isSameVerdict('header', { outcome: 'unknown' }, { outcome: 'stored' })).toBe(false)
    expect(isSameVerdict('block', { outcome: 'unknown' }, BAD_AMOUNT)).toBe(false)
  })
})
