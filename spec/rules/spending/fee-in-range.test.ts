import { expect, it } from 'vitest'
import { sats } from '../../vocabulary/index.ts'
import { LIMITS, verdict } from '../testing.ts'
import { feeInRange } from './fee-in-range.ts'

const MAX: bigint = LIMITS.maxMoneySats

it.each([
  [-1n, 'broken'],
  [0n, 'kept'],
  [1n, 'kept'],
  [MAX - 1n, 'kept'],
  [MAX, 'kept'],
  [MAX + 1n, 'broken'],
])('%s', (fee, expected) => expect(verdict(feeInRange.check({ fee: sats(fee) }, LIMITS))).toBe(expected))
