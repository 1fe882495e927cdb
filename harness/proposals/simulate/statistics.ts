import type { RandomStream } from '../../simulation/index.ts'

/** A share of runs with its 95 % interval. */
export interface Proportion {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What numbers of runs are like: their mean with its 95 % interval, their middle, and what 5 % and 95 % do not exceed. */
export interface Spread {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly p05: number
  readonly median: number
  readonly p95: number
  readonly max: number
}

const Z95 = 1.959964

/** [Wilson 1927] */
export function proportion(hits: number, of: number): Proportion {
  if (of === 0) return { value: 0, low: 0, high: 1 }
  const value = hits / of
  const spread = Z95 ** 2 / of
  const middle = (value + spread / 2) / (1 + spread)
  const half = (Z95 / (1 + spread)) * Math.sqrt((value * (1 - value)) / of + spread / (4 * of))
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** All zeros where there are no numbers. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((left, right) => left - right)
  const count = Math.max(sorted.length, 1)
  const mean = sorted.reduce((sum, number) => sum + number, 0) / count
  const variance = sorted.reduce((sum, number) => sum + (number - mean) ** 2, 0) / Math.max(count - 1, 1)
  const half = Z95 * Math.sqrt(variance / count)
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
  return {
    mean,
    low: mean - half,
    high: mean + half,
    p05: at(0.05),
    median: at(0.5),
    p95: at(0.95),
    max: sorted.at(-1) ?? 0,
  }
}

/** How many of so many blocks a share finds: counted from one find to the next, or from one miss to the next. */
export function countOf(blocks: number, share: number, stream: RandomStream): number {
  if (share > 0.5) return blocks - countOf(blocks, 1 - share, stream)
  if (share <= 0) return 0
  let [found, at] = [0, 0]
  for (;;) {
    at += 1 + Math.floor(Math.log(1 - stream.next()) / Math.log(1 - share))
    if (at > blocks) return found
    found += 1
  }
}
