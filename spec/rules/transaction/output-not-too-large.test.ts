import { expect, it } from 'vitest'
import { sats } from '../../vocabulary/index.ts'
import { LIMITS, verdict } from '../testing.ts'
import { outputNotTooLarge } from './output-not-too-large.ts'

it.each([
  [-1n, 'kept'],
  [0n, 'kept'],
  [1n, 'broken'],
])('an output of all the money and %s', (more, expected) => {
  const value = sats(LIMITS.maxMoneySats + more)
  expect(verdict(outputNotTooLarge.check({ value, totalSoFar: sats(0) }, LIMITS))).toBe(expected)
})
