import type { RandomStream } from '../simulator/random.ts'

/** A waiting time with this mean. */
export function exponential(mean: number, stream: RandomStream): number {
  return -mean * Math.log1p(-stream.next())
}

function normal(stream: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log1p(-stream.next()))
  return radius * Math.cos(2 * Math.PI * stream.next())
}

/** The sum of `shape` waiting times of mean 1, drawn at once. [Marsaglia and Tsang 2000] */
export function gamma(shape: number, stream: RandomStream): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(stream)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log1p(-stream.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Sums of values from which their mean and its variance follow. */
export class Moments {
  #count = 0
  #mean = 0
  #squares = 0

  /** [Welford 1962] */
  add(value: number): void {
    this.#count++
    const off = value - this.#mean
    this.#mean += off / this.#count
    this.#squares += off * (value - this.#mean)
  }

  sample(): { kind: 'mean'; mean: number; variance: number; of: number } {
    return {
      kind: 'mean',
      mean: this.#mean,
      variance: this.#squares / Math.max(1, this.#count - 1),
      of: this.#count,
    }
  }
}
