import { describe, expect, it } from 'vitest'
import { height } from '../../vocabulary/index.ts'
import { coin, LIMITS, verdict } from '../testing.ts'
import { coinbaseMaturity } from './coinbase-maturity.ts'

const check = (spendHeight: number, isCoinbase = true, limits = LIMITS) => {
  const subject = { coin: coin({ height: 7, isCoinbase }), spendHeight: height(spendHeight) }
  return verdict(coinbaseMaturity.check(subject, limits))
}

describe('coinbase maturity', () => {
  it.each([
    [106, 'broken'],
    [107, 'kept'],
    [108, 'kept'],
  ])('the coinbase of block 7 spent in block %i', (spendHeight, expected) =>
    expect(check(spendHeight)).toBe(expected),
  )
  it('is not asked of other coins', () => expect(check(8, false)).toBe('kept'))
  it('is as long as the chain says', () => {
    const limits = { ...LIMITS, coinbaseMaturityBlocks: 3 }
    expect([9, 10, 11].map((at) => check(at, true, limits))).toEqual(['broken', 'kept', 'kept'])
  })
  it('is premature for an unconfirmed transaction', () =>
    expect(coinbaseMaturity.unconfirmed.rejection).toBe('premature'))
})
