import { describe, expect, it } from 'vitest'
import { height } from '../../vocabulary/index.ts'
import { LIMITS } from '../testing.ts'
import { originalSubsidy, subsidyAt } from './subsidy.ts'

const at = (blocks: number) => subsidyAt(height(blocks), LIMITS)

describe('subsidy', () => {
  it.each([
    [0, 5_000_000_000n],
    [209_999, 5_000_000_000n],
    [210_000, 2_500_000_000n],
    [419_999, 2_500_000_000n],
    [420_000, 1_250_000_000n],
    [6_929_999, 1n],
    [6_930_000, 0n],
    [13_440_000, 0n],
  ])('of block %i', (blocks, amount) => expect(at(blocks)).toBe(amount))
  it('adds up to less than 21 million coins', () => {
    let sum = 0n
    for (let era = 0; era < 70; era += 1) sum += at(era * 210_000) * 210_000n
    expect(sum).toBe(2_099_999_997_690_000n)
  })
  it('would have started again', () => {
    expect([13_439_999, 13_440_000].map((blocks) => originalSubsidy(height(blocks), LIMITS))).toEqual([
      0n,
      5_000_000_000n,
    ])
  })
})
