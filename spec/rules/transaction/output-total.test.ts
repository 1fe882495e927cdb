import { expect, it } from 'vitest'
import { sats } from '../../vocabulary/index.ts'
import { LIMITS, verdict } from '../testing.ts'
import { outputTotal } from './output-total.ts'

const MAX: bigint = LIMITS.maxMoneySats

it.each([
  [-1n, 'broken'],
  [0n, 'kept'],
  [1n, 'kept'],
  [MAX - 1n, 'kept'],
  [MAX, 'kept'],
  [MAX + 1n, 'broken'],
])('a total of %s', (total, expected) => {
  expect(verdict(outputTotal.check({ value: sats(0), totalSoFar: sats(total) }, LIMITS))).toBe(expected)
})
