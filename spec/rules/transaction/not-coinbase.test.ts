import { expect, it } from 'vitest'
import { coinbase, LIMITS, transaction, verdict } from '../testing.ts'
import { notCoinbase } from './not-coinbase.ts'

it('stops a coinbase that no block has', () => {
  expect(verdict(notCoinbase.check(transaction(), LIMITS))).toBe('kept')
  expect(verdict(notCoinbase.check(coinbase(), LIMITS))).toBe('broken')
})
