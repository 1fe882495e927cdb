import { describe, expect, it } from 'vitest'
import { contradicts, isSameVerdict, verdictText } from './compare.ts'
import type { Rejection, Verdict } from './verdict.ts'

const rejected = (rejection: 'invalid' | 'mutated', reason: string): Rejection => ({
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

it('lets a node with a damaged disk know less, but neither believe nor refuse wrongly', () => {
  const missing: Verdict = { outcome: 'rejected', class: 'missing', reason: 'prev-blk-not-found' }
  const invalid = rejected('invalid', 'bad-cb-amount')
  const connected: Verdict = { outcome: 'connected' }
  const stored: Verdict = { outcome: 'stored' }
  for (const actual of [connected, stored, { outcome: 'duplicate' } as const, missing])
    expect(contradicts('block', actual, connected)).toBe(false)
  expect(contradicts('block', stored, invalid)).toBe(false)
  expect(contradicts('block', connected, invalid)).toBe(true)
  expect(contradicts('block', connected, { outcome: 'invalid-ancestor' })).toBe(true)
  for (const actual of [
    invalid,
    rejected('mutated', 'bad-txnmrklroot'),
    { outcome: 'invalid-ancestor' } as const,
  ])
    expect(contradicts('block', actual, stored)).toBe(true)
  expect(contradicts('transaction', invalid, { outcome: 'accepted' })).toBe(false)
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

it('leaves to a pool which of two conflicting transactions it holds', () => {
  const conflict: Verdict = {
    ...rejected('invalid', 'txn-mempool-conflict'),
    class: 'premature',
    basis: 'policy',
  }
  expect(isSameVerdict('transaction', { outcome: 'accepted' }, conflict)).toBe(true)
  expect(isSameVerdict('transaction', { outcome: 'accepted' }, rejected('invalid', 'coinbase'))).toBe(false)
  expect(isSameVerdict('transaction', conflict, { outcome: 'accepted' })).toBe(false)
})
