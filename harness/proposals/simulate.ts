import { createStream, type RandomStream } from '../simulation/index.ts'

/** Who mines after a soft fork came into force, and how often it is broken. */
export interface Activation {
  /** Share of the hash rate that rejects what the soft fork forbids. */
  readonly enforcing: number
  /** Share of the hash rate that builds on any header without judging the block; part of those who do not enforce. */
  readonly blind: number
  /** Probability that a block of those who do not enforce breaks the soft fork. */
  readonly violating: number
  /** Blocks after activation that are looked at. */
  readonly blocks: number
}

/** What happened in the runs; proportions with their 95 % interval (Wilson). */
export interface ActivationResult {
  readonly runs: number
  readonly split: Proportion
  /** Of the splits: how many never came together again within the blocks. */
  readonly lasting: Proportion
  /** What theory says of `lasting`: the two branches are a random walk. [Feller, gambler's ruin] */
  readonly lastingExpected: number
  /** Blocks that nodes without the soft fork had to take back, over all splits that healed. */
  readonly depth: { readonly mean: number; readonly p95: number; readonly max: number }
  /** Splits in which a payment with one, and with six confirmations was taken back. */
  readonly reversedAtOne: Proportion
  readonly reversedAtSix: Proportion
  /** Days that the enforcing branch alone needs for its next difficulty period, at full difficulty. */
  readonly stallDays: number
}

export interface Proportion {
  readonly value: number
  readonly low: number
  readonly high: number
}

interface Run {
  readonly isSplit: boolean
  readonly isLasting: boolean
  readonly depth: number
}

const BLOCKS_A_DAY = 144
const PERIOD = 2016
/** A branch that is so far behind does not come back: the chance is below 10^-9 at 45 %. */
const BEHIND_MAX = 200

/** Plays the weeks after an activation many times. */
export function simulateActivation(activation: Activation, runs: number, seed: number): ActivationResult {
  const stream = createStream(seed, 'mining', JSON.stringify(activation))
  const played = Array.from({ length: runs }, () => playOnce(activation, stream))
  const splits = played.filter(({ isSplit }) => isSplit)
  const depths = splits
    .filter(({ isLasting }) => !isLasting)
    .map(({ depth }) => depth)
    .sort((left, right) => left - right)
  const reversed = (confirmations: number) =>
    proportion(depths.filter((depth) => depth >= confirmations).length, splits.length)
  return {
    runs,
    split: proportion(splits.length, runs),
    lasting: proportion(splits.filter(({ isLasting }) => isLasting).length, splits.length),
    lastingExpected: lastingProbability(activation.enforcing),
    depth: {
      mean: depths.reduce((sum, depth) => sum + depth, 0) / Math.max(depths.length, 1),
      p95: depths[Math.floor(depths.length * 0.95)] ?? 0,
      max: depths.at(-1) ?? 0,
    },
    reversedAtOne: reversed(1),
    reversedAtSix: reversed(6),
    stallDays:
      activation.enforcing === 0 ? Number.POSITIVE_INFINITY : PERIOD / BLOCKS_A_DAY / activation.enforcing,
  }
}

/**
 * The invalid branch is one block ahead when it begins, and is given up when the other is one block longer: a walk
 * that has to gain two, with one step up for each block of the enforcing share.
 */
export function lastingProbability(enforcing: number): number {
  return enforcing >= 0.5 ? 0 : 1 - (enforcing / (1 - enforcing)) ** 2
}

/** Blocks one after another: the first split decides the run. */
function playOnce({ enforcing, blind, violating, blocks }: Activation, stream: RandomStream): Run {
  for (let height = 0; height < blocks; height++) {
    const isEnforcing = stream.chance(enforcing)
    const isBlind = !isEnforcing && stream.chance(blind / Math.max(1 - enforcing, Number.MIN_VALUE))
    if (isEnforcing || isBlind || !stream.chance(violating)) continue
    let [invalid, valid] = [1, 0]
    while (valid <= invalid && invalid - valid < BEHIND_MAX)
      if (stream.chance(enforcing)) valid += 1
      else invalid += 1
    return { isSplit: true, isLasting: valid <= invalid, depth: invalid }
  }
  return { isSplit: false, isLasting: false, depth: 0 }
}

const Z95 = 1.959964

/** [Wilson 1927] */
function proportion(hits: number, of: number): Proportion {
  if (of === 0) return { value: 0, low: 0, high: 1 }
  const value = hits / of
  const spread = Z95 ** 2 / of
  const middle = (value + spread / 2) / (1 + spread)
  const half = (Z95 / (1 + spread)) * Math.sqrt((value * (1 - value)) / of + spread / (4 * of))
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
