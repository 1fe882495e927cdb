import fc from 'fast-check'
import type { Engine } from '../../ports/engine.ts'
import type { ScenarioSource } from '../../scenario/index.ts'
import type { Judgement } from '../agreement.ts'
import type { DuelWatcher } from './duel.ts'
import { story } from './moves.ts'
import { playStory } from './play.ts'
import { type GeneratedCounts, Tally } from './tally.ts'

/** What to play against, how much, and from where chance starts. */
export interface HuntOptions extends Judgement {
  /** A target that answers; a new one where the last one has ended. */
  readonly target: () => Engine
  /** Blocks and loose transactions to deliver at least. */
  readonly deliveries: number
  readonly seed: number
}

/** One way to disagree, in the smallest story that still shows it. */
export interface FoundDisagreement {
  readonly signature: string
  readonly message: string
  /** The seed whose first stories show it. */
  readonly seed: number
  readonly scenario: ScenarioSource
}

export interface HuntResult extends GeneratedCounts {
  readonly disagreements: readonly FoundDisagreement[]
  /** Kinds of event that never occurred: without them an agreement says little. */
  readonly missing: readonly string[]
}

/** Stories per seed: a disagreement is found again from its seed within so many. */
const STORIES_PER_SEED = 20
/** More ways to disagree than these need no further search. */
const DISAGREEMENTS_MAX = 10

/** Tells generated stories to the specification and to a target until enough was delivered. */
export function huntDisagreements(
  options: HuntOptions,
  progress: (deliveries: number) => void = () => {},
): HuntResult {
  const tally = new Tally()
  const found = new Map<string, FoundDisagreement>()
  for (
    let seed = options.seed;
    tally.deliveries < options.deliveries && found.size < DISAGREEMENTS_MAX;
    seed++
  ) {
    const one = playSeed(seed, options, tally, new Set(found.keys()), progress)
    if (one !== undefined) found.set(one.signature, one)
  }
  const withLoose = options.target().capabilities.has('mempool')
  return { ...tally.counts(), disagreements: [...found.values()], missing: tally.missing(withLoose) }
}

/** The first disagreement among the stories of a seed that is not known yet, made small. */
function playSeed(
  seed: number,
  { target, deliveries, ...judgement }: HuntOptions,
  tally: Tally,
  known: ReadonlySet<string>,
  progress: (deliveries: number) => void,
): FoundDisagreement | undefined {
  let signature: string | undefined
  const result = fc.check(
    fc.property(story, (one) => {
      const { disagreement } = playStory(one, target(), judgement, (draft) =>
        signature === undefined ? tally.watch(draft) : DEAF,
      )
      progress(Math.min(tally.deliveries, deliveries))
      if (disagreement === undefined || known.has(disagreement.signature)) return true
      // Shrinking must not slip from one disagreement to another.
      signature ??= disagreement.signature
      return disagreement.signature !== signature
    }),
    { seed: seed | 0, numRuns: STORIES_PER_SEED },
  )
  if (!result.failed || result.counterexample === null) return undefined
  const { disagreement, scenario } = playStory(result.counterexample[0], target(), judgement, () => DEAF)
  if (disagreement === undefined)
    throw new Error(`seed ${seed}: ${result.errorInstance ?? 'no such disagreement when told again'}`)
  return { signature: disagreement.signature, message: disagreement.message, seed, scenario: scenario() }
}

/** Stories told while a counterexample is made smaller are not counted. */
const DEAF: DuelWatcher = { delivered: () => {}, settled: () => {} }
