import { describe, expect, it } from 'vitest'
import { CLASSICS, compareRun } from './index.ts'

/** Larger ones are compared by `touchstone check --classics`. */
const DISTINCT_MAX = 60_000

const RUNS = [...CLASSICS].flatMap(([name, { model, runs }]) =>
  runs.map((published) => ({ title: `${name} ${published.preset ?? ''}`.trimEnd(), model, published })),
)

describe('what TLC finds, we find', () => {
  it.each(RUNS.filter(({ published }) => !('distinct' in published) || published.distinct < DISTINCT_MAX))(
    '$title',
    ({ model, published }) => {
      const { found, expected } = compareRun(model, published)
      expect(found).toEqual(expected)
    },
  )
  it('most models are small enough for every test', () => {
    expect(RUNS.length).toBeGreaterThan(20)
  })
})
