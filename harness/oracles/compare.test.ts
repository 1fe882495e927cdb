import { describe, expect, it } from 'vitest'
import type { Verdict } from '../ports/verdict.ts'
import { isSameVerdict } from './compare.ts'

const rejected: Verdict = { outcome: 'rejected', class: 'invalid', reason: 'bad-cb-amount' }

describe('a verdict that the specification does not know', () => {
  it('is contradicted by no node', () => {
    for (const actual of [{ outcome: 'connected' }, rejected, { outcome: 'unknown' }] as const)
      expect(isSameVerdict('block', actual, { outcome: 'unknown' })).toBe(true)
  })
  it('is no answer to what the specification knows', () => {
    expect(isSameVerdict('block', { outcome: 'unknown' }, { outcome: 'connected' })).toBe(false)
    expect(isSameVerdict('header', { outcome: 'unknown' }, { outcome: 'stored' })).toBe(false)
    expect(isSameVerdict('block', { outcome: 'unknown' }, rejected)).toBe(false)
  })
})
