import { gamma, Moments } from '../draws.ts'
import { cell, type Study } from '../study.ts'

type Period = {
  /** Intervals between the first and the last block of a period. */
  readonly intervals: number
  /** Target seconds between blocks. */
  readonly spacing: number
}

const PERIOD_BLOCKS = 2016
const PERIODS = 400_000

/** The spacing at which a period without chance would stay: the measured span lacks one interval. */
export function fixedPoint({ intervals, spacing }: Period): number {
  return (spacing * PERIOD_BLOCKS) / intervals
}

/** The mean interval with chance: a period that was short by luck makes the next one harder than its due. */
function meanInterval({ intervals, spacing }: Period): number {
  return (spacing * PERIOD_BLOCKS) / (intervals - 1)
}

/** The next period's spacing: a span that was too long makes the target larger, and blocks come faster. [Core pow.cpp CalculateNextWorkRequired] */
function next(current: number, span: number, spacing: number): number {
  const target = spacing * PERIOD_BLOCKS
  return (current * target) / Math.min(target * 4, Math.max(target / 4, span))
}

export const retarget: Study = {
  name: 'retarget',
  title: 'The interval at which difficulty comes to rest',
  text: 'The hash rate stays; a period has 2,016 blocks, and its span is measured over the 2,015 intervals between them. The intervals of a period are drawn as one sum.',
  sources: ['Bitcoin Core pow.cpp CalculateNextWorkRequired'],
  cells: [
    cell<Period>({
      label: 'mean interval / s',
      parameters: { intervals: 2015, spacing: 600 },
      counts: ['intervals'],
      expected: meanInterval,
      simulate: ({ intervals, spacing }, stream) => {
        const moments = new Moments()
        let current = spacing
        for (let period = 0; period < PERIODS; period++) {
          const measured = gamma(intervals, stream)
          const whole = measured + gamma(PERIOD_BLOCKS - intervals, stream)
          moments.add((current * whole) / PERIOD_BLOCKS)
          current = next(current, current * measured, spacing)
        }
        return { sample: moments.sample(), events: PERIODS }
      },
    }),
    cell<Period>({
      label: 'harmonic mean of the periods’ spacing / s',
      parameters: { intervals: 2015, spacing: 600 },
      counts: ['intervals'],
      expected: fixedPoint,
      simulate: ({ intervals, spacing }, stream) => {
        const moments = new Moments()
        let current = spacing
        for (let period = 0; period < PERIODS; period++) {
          current = next(current, current * gamma(intervals, stream), spacing)
          moments.add(1 / current)
        }
        const { mean, variance, of } = moments.sample()
        // The inverse of a mean, with the variance that the delta method gives it.
        return {
          sample: { kind: 'mean', mean: 1 / mean, variance: variance / mean ** 4, of },
          events: PERIODS,
        }
      },
    }),
  ],
  notes: [
    'Often quoted is 600 · 2016 / 2015 = 600.298 s. This is where difficulty stays without chance; with it the mean interval is 600 · 2016 / 2014 = 600.596 s, because the mean of an inverse is above the inverse of the mean.',
  ],
}
