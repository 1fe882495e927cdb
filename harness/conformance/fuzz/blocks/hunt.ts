import fc from 'fast-check'
import { type Story, story } from '../../../generators/index.ts'
import type { Engine, SpecOracle, Strictness } from '../../../ports/index.ts'
import type { ScenarioSource } from '../../../scenario/index.ts'
import { RuleAccount } from '../../coverage/generated/account.ts'
import type { Disagreement } from './differential-session.ts'
import { minimise, type ShrinkBudget } from './minimise.ts'
import { type Played, playStory } from './play.ts'
import { type GeneratedCounts, Tally } from './tally.ts'

/** What to play against, how much, and from which random seed. */
export interface HuntOptions {
  /** A target that answers; a new one where the last one has ended. */
  readonly target: () => Engine
  readonly strictness: Strictness
  /** Blocks and unconfirmed transactions to deliver at least. */
  readonly deliveries: number
  readonly seed: number
  /** Who says what is right; absent: the specification, with an account of the rules that it asked. */
  readonly reference?: () => SpecOracle
  /** Other stories than those of the smallest chain. */
  readonly stories?: fc.Arbitrary<Story>
  /** How long new disagreements may be made smaller: attempts for each, time for all of them. */
  readonly budget?: ShrinkBudget
  /** The hunt ends with the first of these, and makes only that one smaller; absent: it looks for all. */
  readonly isWanted?: (disagreement: Disagreement) => boolean
}

/** One way to disagree, in the smallest story that still shows it. */
export interface FoundDisagreement {
  readonly signature: string
  readonly message: string
  /** Stories that came to it. */
  readonly times: number
  /** The seed whose first stories show it. */
  readonly seed: number
  readonly scenario: ScenarioSource
  /** Whether nothing more could be left out of the story. */
  readonly isSmallest: boolean
}

export interface HuntResult extends GeneratedCounts {
  readonly disagreements: readonly FoundDisagreement[]
  /** What must occur for an agreement to mean something and did not. */
  readonly missing: readonly string[]
  /** Why stories were given up, and how often. */
  readonly skipped: Readonly<Record<string, number>>
}

/** Stories per seed: a disagreement is found again from its seed within so many. */
const STORIES_PER_SEED = 20
/** After so many stories in a row that a target abstains from there is nothing to judge. */
const SKIPPED_IN_A_ROW_MAX = 400
const SHRINK_BUDGET: ShrinkBudget = { attempts: 1000, ms: 60_000 }

/**
 * Plays generated stories to the specification and to a target until enough was delivered. A story ends at its first
 * disagreement, the hunt does not: each is counted by its signature, and the first of each is kept.
 */
export function huntDisagreements(
  options: HuntOptions,
  progress: (deliveries: number) => void = () => {},
): HuntResult {
  const account = new RuleAccount()
  const tally = new Tally(account)
  const found = new Map<string, FoundDisagreement>()
  const { attempts, ms } = options.budget ?? SHRINK_BUDGET
  let msLeft = ms
  const { isWanted } = options
  let isFound = false
  const skipped: Record<string, number> = {}
  let inARow = 0
  const isOver = () => isFound || tally.deliveries >= options.deliveries || inARow >= SKIPPED_IN_A_ROW_MAX
  for (let seed = options.seed; !isOver(); seed++)
    for (const drawn of fc.sample(options.stories ?? story, { seed: seed | 0, numRuns: STORIES_PER_SEED })) {
      if (isOver()) break
      const { target, strictness, reference } = options
      const duellists = { target: target(), strictness, reference: reference?.() }
      const played = playStory(drawn, duellists, account, (draft) => tally.watch(draft))
      progress(Math.min(tally.deliveries, options.deliveries))
      const { disagreement, abstention } = played
      inARow = abstention === undefined ? 0 : inARow + 1
      if (abstention !== undefined) skipped[abstention] = (skipped[abstention] ?? 0) + 1
      if (disagreement === undefined) continue
      const { signature } = disagreement
      const before = found.get(signature)
      if (before !== undefined) found.set(signature, { ...before, times: before.times + 1 })
      else {
        const start = performance.now()
        isFound = isWanted?.(disagreement) ?? false
        const isMadeSmaller = isWanted === undefined || isFound
        const small = kept(played, disagreement, options, {
          attempts: isMadeSmaller ? attempts : 0,
          ms: msLeft,
        })
        msLeft -= performance.now() - start
        found.set(signature, { signature, times: 1, seed, ...small })
      }
    }
  const withUnconfirmed = options.target().capabilities.has('mempool')
  return {
    ...tally.counts(),
    disagreements: [...found.values()],
    missing: tally.missing(withUnconfirmed),
    skipped,
  }
}

/** The story made small; as it was played where budget is at its end, or where its file does not come to the same. */
function kept(
  { scenario, ending }: Played,
  { message, signature }: Disagreement,
  { target, strictness, reference }: HuntOptions,
  budget: ShrinkBudget,
): Pick<FoundDisagreement, 'message' | 'scenario' | 'isSmallest'> {
  const source = scenario()
  const small = minimise(source, signature, { target, strictness, reference }, budget)
  return (
    small ?? { message, scenario: { ...source, steps: [...source.steps, ...ending()] }, isSmallest: false }
  )
}
