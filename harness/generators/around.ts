import fc from 'fast-check'

/** Values near a limit come often: at it, one off, two off, and now and then anything. */
export function around(limit: number, spread: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: limit - 1, max: limit + 1 }) },
    { weight: 2, arbitrary: fc.integer({ min: limit - 2, max: limit + 2 }) },
    { weight: 1, arbitrary: fc.integer({ min: limit - spread, max: limit + spread }) },
  )
}
