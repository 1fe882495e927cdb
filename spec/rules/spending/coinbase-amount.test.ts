import { describe, expect, it } from 'vitest'
import { height, sats } from '../../vocabulary/index.ts'
import { block, coinbase, LIMITS, output, verdict } from '../testing.ts'
import { coinbaseAmount, subsidyEnds } from './coinbase-amount.ts'

const claim = (at: number, amount: number) => ({
  block: block([coinbase({}, [output(1), output(amount - 1)])]),
  height: height(at),
  fees: sats(10),
})

describe('coinbase amount', () => {
  const check = (at: number, amount: number) => verdict(coinbaseAmount.check(claim(at, amount), LIMITS))
  it.each([
    [209_999, 5_000_000_009, 'kept'],
    [209_999, 5_000_000_010, 'kept'],
    [209_999, 5_000_000_011, 'broken'],
    [210_000, 2_500_000_009, 'kept'],
    [210_000, 2_500_000_010, 'kept'],
    [210_000, 2_500_000_011, 'broken'],
  ])('block %i with fees of 10 claims %i', (at, amount, expected) => expect(check(at, amount)).toBe(expected))
})

describe('subsidy ends', () => {
  const check = (at: number, amount: number) => verdict(subsidyEnds.check(claim(at, amount), LIMITS))
  it('with the 64th halving', () => {
    expect([13_439_999, 13_440_000, 13_440_001].map((at) => check(at, 11))).toEqual([
      'kept',
      'broken',
      'broken',
    ])
  })
  it('leaves the fees', () =>
    expect([9, 10].map((amount) => check(13_440_000, amount))).toEqual(['kept', 'kept']))
})
