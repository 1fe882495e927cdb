import { describe, expect, it } from 'vitest'
import { sats } from '../../vocabulary/index.ts'
import { coin, LIMITS, verdict } from '../testing.ts'
import { inputValues } from './input-values.ts'

const MAX: bigint = LIMITS.maxMoneySats
const check = (value: bigint, valueSoFar: bigint) =>
  verdict(inputValues.check({ coin: coin({ value }), valueSoFar: sats(valueSoFar) }, LIMITS))
const points: [bigint, string][] = [
  [-1n, 'broken'],
  [0n, 'kept'],
  [MAX - 1n, 'kept'],
  [MAX, 'kept'],
  [MAX + 1n, 'broken'],
]

describe('input values', () => {
  it.each(points)('a value of %s', (value, expected) => expect(check(value, 0n)).toBe(expected))
  it.each(points)('a sum of %s', (sum, expected) => expect(check(0n, sum)).toBe(expected))
})
