import { describe, expect, it } from 'vitest'
import { lastingProbability, simulateActivation } from './simulate.ts'

const base = { blind: 0, violating: 1, blocks: 100 }

describe('the weeks after an activation', () => {
  it.each([0.1, 0.3, 0.45])('a split of %d lasts as often as theory says', (enforcing) => {
    const { lasting, lastingExpected } = simulateActivation({ ...base, enforcing }, 20_000, 7)
    expect(lastingExpected).toBeCloseTo(1 - (enforcing / (1 - enforcing)) ** 2, 12)
    expect(lastingExpected).toBeGreaterThanOrEqual(lasting.low)
    expect(lastingExpected).toBeLessThanOrEqual(lasting.high)
  })
  it('a majority that enforces wins every split', () => {
    expect(lastingProbability(0.6)).toBe(0)
    expect(simulateActivation({ ...base, enforcing: 0.9 }, 2000, 7).lasting.value).toBe(0)
  })
  it('nobody splits where nobody breaks the soft fork', () => {
    expect(simulateActivation({ ...base, enforcing: 0.5, violating: 0 }, 500, 7).split.value).toBe(0)
  })
  it('a split comes as often as a violating block within the blocks', () => {
    const { split } = simulateActivation(
      { enforcing: 0.6, blind: 0.1, violating: 0.01, blocks: 100 },
      20_000,
      7,
    )
    const expected = 1 - (1 - 0.3 * 0.01) ** 100
    expect(expected).toBeGreaterThanOrEqual(split.low)
    expect(expected).toBeLessThanOrEqual(split.high)
  })
  it('two percent of the hash rate need two years for a difficulty period', () => {
    const { stallDays } = simulateActivation({ ...base, enforcing: 0.02 }, 1, 7)
    expect(stallDays).toBeCloseTo(700, 9)
  })
})
