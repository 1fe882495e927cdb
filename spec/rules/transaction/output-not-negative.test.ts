import { expect, it } from 'vitest'
import { sats } from '../../vocabulary/index.ts'
import { LIMITS, verdict } from '../testing.ts'
import { outputNotNegative } from './output-not-negative.ts'

it.each([
  [-1n, 'broken'],
  [0n, 'kept'],
  [1n, 'kept'],
])('an output of %s', (value, expected) => {
  expect(verdict(outputNotNegative.check({ value: sats(value), totalSoFar: sats(0) }, LIMITS))).toBe(expected)
})
