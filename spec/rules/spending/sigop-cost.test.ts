import { expect, it } from 'vitest'
import { LIMITS, verdict } from '../testing.ts'
import { sigopCost } from './sigop-cost.ts'

it.each([
  [79_999, 'kept'],
  [80_000, 'kept'],
  [80_001, 'broken'],
])('%i', (sigopCostSoFar, expected) =>
  expect(verdict(sigopCost.check({ sigopCostSoFar }, LIMITS))).toBe(expected),
)
