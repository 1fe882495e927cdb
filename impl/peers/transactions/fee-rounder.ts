const STEP = 1.1
const LEAST = 50
const MOST = 1e7

/** Nothing, and from 50 sats per 1,000 virtual bytes on always a tenth more. [Core MakeFeeSet] */
const STEPS: readonly number[] = [0, ...steps()]

function* steps(): Generator<number> {
  for (let rate = LEAST; rate <= MOST; rate *= STEP) yield rate
}

/** Rounds fee rates by chance, so that a node cannot be recognised by them. [Core FeeFilterRounder] */
export class FeeRounder {
  /** The lowest that was ever asked: what is relayed at all. */
  #least = Number.POSITIVE_INFINITY

  /** Sats per 1,000 virtual bytes; `chance` in [0, 1). Two times of three down, to the highest step at most. */
  round(floor: number, chance: number): number {
    this.#least = Math.min(this.#least, Math.ceil(floor))
    let at = STEPS.findIndex((step) => step >= floor)
    if (at < 0) at = STEPS.length - 1
    else if (at > 0 && chance * 3 >= 1) at--
    return Math.max(Math.floor(STEPS[at]!), this.#least)
  }
}

/** What a node sends that wants nothing: the highest step. */
export const NOTHING_WANTED = Math.floor(STEPS[STEPS.length - 1]!)
