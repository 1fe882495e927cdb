import { gamma, Moments } from '../draws.ts'
import { cell, type Study } from '../study.ts'

type Warp = {
  /** Periods since the attack began. */
  readonly periods: number
}

const PERIOD_BLOCKS = 2016
const SPACING = 600
const TARGET = PERIOD_BLOCKS * SPACING
const FUTURE_MAX = 7200
const RUNS = 2_000

/** How a period's first block is stamped, as seconds before the stamp of the last block. */
type Rule = { readonly name: string; readonly backSeconds: number }

const RULES: readonly Rule[] = [
  { name: 'no rule', backSeconds: Number.POSITIVE_INFINITY },
  { name: 'BIP54, two hours', backSeconds: 7200 },
  { name: 'BIP94, ten minutes', backSeconds: 600 },
]

/**
 * Seconds between blocks after the attack: the last block of each period has the latest stamp, all others the
 * earliest. `luck` gives the sum of so many waiting times of mean 1.
 */
function warp({ periods }: Warp, { backSeconds }: Rule, luck: (count: number) => number): number {
  let spacing = SPACING
  let now = 0
  let lastStamp = 0
  let earliest = 0
  for (let period = 0; period < periods; period++) {
    const firstStamp = Math.max(earliest, lastStamp - backSeconds)
    now += spacing * luck(PERIOD_BLOCKS)
    lastStamp = now + FUTURE_MAX
    // One second in six blocks is what the median of eleven asks for.
    earliest = firstStamp + PERIOD_BLOCKS / 6
    const span = Math.min(4 * TARGET, Math.max(TARGET / 4, lastStamp - firstStamp))
    // A longer span makes the target larger, so that the same hash rate finds blocks faster.
    spacing = (spacing * TARGET) / span
  }
  return spacing
}

export const timewarp: Study = {
  name: 'timewarp',
  title: 'How fast a majority can make mining easy by lying about time',
  text: 'A majority stamps the last block of a period two hours ahead and all others as early as they may be. What is found is the mean spacing in seconds over many runs, what is expected is the recurrence without chance.',
  sources: ['BIP54', 'BIP94'],
  cells: RULES.flatMap((rule) =>
    [2, 4].map((periods) =>
      cell<Warp>({
        label: `${rule.name}, ${periods} periods / s`,
        parameters: { periods },
        counts: ['periods'],
        expected: (warped) => warp(warped, rule, (count) => count),
        simulate: (warped, stream) => {
          const moments = new Moments()
          for (let run = 0; run < RUNS; run++)
            moments.add(warp(warped, rule, (count) => gamma(count, stream)))
          return { sample: moments.sample(), events: RUNS * periods }
        },
      }),
    ),
  ),
}
