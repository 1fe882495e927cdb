/** The relative error that a cell notices, where its probability is not rare. */
const DETECTS = 0.025
/** The normal quantile of an interval's error of 1e-6. */
const QUANTILE = 4.9
const TRIALS_MIN = 20_000
const TRIALS_MAX = 1_000_000

/** How many trials notice a relative error of 3 % in a probability of this size; rare ones get what time allows. */
export function trialsFor(probability: number): number {
  const wanted = (QUANTILE / DETECTS) ** 2 * ((1 - probability) / probability)
  return Math.round(Math.min(TRIALS_MAX, Math.max(TRIALS_MIN, wanted)))
}
