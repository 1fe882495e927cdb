/** How blocks spread. */
export type Spread = {
  /** Mean seconds between blocks. */
  readonly interval: number
  /** Mean seconds until a node hears of a block. */
  readonly delay: number
}

/**
 * The probability that a second block is found while one spreads: `1 / interval` is the chance of a block in a second,
 * `delay` the integral of the share that has not heard of it. [Decker and Wattenhofer 2013, equation 3]
 */
export function deckerWattenhofer({ interval, delay }: Spread): number {
  return 1 - (1 - 1 / interval) ** delay
}
