import { describe, expect, it } from 'vitest'
import { blockWeight as weightOf } from '../../encoding/index.ts'
import { block, bytes, coinbase, LIMITS, verdict } from '../testing.ts'
import { blockWeight } from './weight.ts'

const padded = (length: number) => block([coinbase({ witness: [bytes(length)] })])

describe('block weight', () => {
  it.each([
    [3_999_999, 'kept'],
    [4_000_000, 'kept'],
    [4_000_001, 'broken'],
  ])('%i', (weight, expected) => {
    const subject = padded(70_000 + weight - weightOf(padded(70_000)))
    expect(weightOf(subject)).toBe(weight)
    expect(verdict(blockWeight.check({ block: subject }, LIMITS))).toBe(expected)
  })
})
