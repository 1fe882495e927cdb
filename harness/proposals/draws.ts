import fc from 'fast-check'
import type { Draw } from '../../spec/index.ts'

/** Draws for a number of runs, the same for the same seed; the ends of ranges come more often than other numbers. */
export function* drawsFrom(seed: number, runs: number): Generator<Draw> {
  const numbers = fc.infiniteStream(fc.oneof(fc.nat(), fc.constantFrom(0, 1, 2 ** 31 - 1)))
  for (const stream of fc.sample(numbers, { seed: seed | 0, numRuns: runs }))
    yield (bound) => stream.next().value % bound
}
