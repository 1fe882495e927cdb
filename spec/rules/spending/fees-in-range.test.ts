import { expect, it } from 'vitest'
import { sats } from '../../vocabulary/index.ts'
import { LIMITS, verdict } from '../testing.ts'
import { feesInRange } from './fees-in-range.ts'

const MAX: bigint = LIMITS.maxMoneySats

it.each([
  [-1n, 'broken'],
  [0n, 'kept'],
  [1n, 'kept'],
  [MAX - 1n, 'kept'],
  [MAX, 'kept'],
  [MAX + 1n, 'broken'],
])('%s', (fee, expected) =>
  expect(verdict(feesInRange.check({ feesSoFar: sats(fee) }, LIMITS))).toBe(expected),
)
