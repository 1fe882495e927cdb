import { betaCdf, gammaCdf, solveRising } from './special-functions.ts'

/** What a simulation counted or measured. */
export type Sample =
  /** `hits` of `of` independent trials. */
  | { readonly kind: 'proportion'; readonly hits: number; readonly of: number }
  /** `hits` events, independent of one another, in `of` units of time or of chances. */
  | { readonly kind: 'rate'; readonly hits: number; readonly of: number }
  /** The sum of `of` independent exponential waiting times of one mean. */
  | { readonly kind: 'waiting'; readonly total: number; readonly of: number }
  /** The mean of `of` independent values and its variance among them. */
  | { readonly kind: 'mean'; readonly mean: number; readonly variance: number; readonly of: number }
  /** The ratio of two sums over `of` independent cycles, with the variance that the delta method gives it. */
  | { readonly kind: 'ratio'; readonly mean: number; readonly variance: number; readonly of: number }

/** Where the true value lies, but for an error of `INTERVAL_ERROR`. */
export interface Interval {
  readonly found: number
  readonly low: number
  readonly high: number
  /** How the interval was made. */
  readonly method: string
}

/** The probability that an interval misses the true value. */
const INTERVAL_ERROR = 1e-6

const TAIL = INTERVAL_ERROR / 2
/** The normal quantile of `1 - TAIL`. */
const NORMAL_QUANTILE = 4.891638475698

/** The interval of a sample: exact where the distribution is known, normal where only its variance is. */
export function intervalOf(sample: Sample): Interval {
  switch (sample.kind) {
    case 'proportion':
      return { found: sample.hits / sample.of, ...clopperPearson(sample.hits, sample.of) }
    case 'rate':
      return { found: sample.hits / sample.of, ...garwood(sample.hits, sample.of) }
    case 'waiting':
      return { found: sample.total / sample.of, ...gammaInterval(sample.total, sample.of) }
    case 'mean':
    case 'ratio': {
      const half = NORMAL_QUANTILE * Math.sqrt(sample.variance / sample.of)
      const method = sample.kind === 'mean' ? 'normal' : 'normal, regenerative'
      return { found: sample.mean, low: sample.mean - half, high: sample.mean + half, method }
    }
  }
}

type Bounds = Omit<Interval, 'found'>

/** [Clopper and Pearson 1934] */
function clopperPearson(hits: number, of: number): Bounds {
  const low = hits === 0 ? 0 : solveRising((p) => betaCdf(p, hits, of - hits + 1), TAIL, [0, hits / of])
  const high = hits === of ? 1 : solveRising((p) => betaCdf(p, hits + 1, of - hits), 1 - TAIL, [hits / of, 1])
  return { low, high, method: 'Clopper–Pearson' }
}

/** [Garwood 1936] */
function garwood(hits: number, of: number): Bounds {
  const far = hits + 20 * Math.sqrt(hits + 1) + 50
  const low = hits === 0 ? 0 : solveRising((mean) => gammaCdf(mean, hits), TAIL, [0, hits]) / of
  const high = solveRising((mean) => gammaCdf(mean, hits + 1), 1 - TAIL, [hits, far]) / of
  return { low, high, method: 'Garwood' }
}

/** The sum of waiting times, divided by their mean, is Gamma(of, 1). */
function gammaInterval(total: number, of: number): Bounds {
  const far = of + 20 * Math.sqrt(of) + 50
  const quantile = (probability: number) => solveRising((x) => gammaCdf(x, of), probability, [0, far])
  return { low: total / quantile(1 - TAIL), high: total / quantile(TAIL), method: 'gamma' }
}
