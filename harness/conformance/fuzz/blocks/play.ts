import { Abstention } from '../../../adapters/index.ts'
import type { Story } from '../../../generators/index.ts'
import { StoryDraft } from '../../../generators/index.ts'
import type { Engine, SpecOracle, Strictness } from '../../../ports/index.ts'
import type { ScenarioSource } from '../../../scenario/index.ts'
import type { RuleAccount } from '../../coverage/generated/account.ts'
import { createRuleListener } from '../../coverage/generated/rule-listener.ts'
import { DifferentialSession, Disagreement, type SessionWatcher } from './differential-session.ts'
import { StoryPlayer } from './story-player.ts'

/** What came of a story. */
export interface Played {
  readonly disagreement?: Disagreement
  /** Why the target would not play on: the story counts for nothing. */
  readonly abstention?: string
  /** Replays it up to where the engines parted. */
  readonly scenario: () => ScenarioSource
  /** What the specification expects there. */
  readonly ending: () => ScenarioSource['steps']
}

/** Between which engines a story is played; without a reference the specification gives account of its rules. */
interface Between {
  readonly target: Engine
  readonly strictness: Strictness
  readonly reference?: SpecOracle | undefined
}

/** Plays one story to the specification and to a target until they disagree or it ends. */
export function playStory(
  { chain, file, challenge, prelude, ground, tempo = 600, moves }: Story,
  { target, strictness, ...given }: Between,
  account: RuleAccount,
  watch: (draft: StoryDraft) => SessionWatcher,
): Played {
  const draft = new StoryDraft(file ?? chain, challenge)
  const reference = given.reference ?? createRuleListener(account, draft.activations.branchOf)
  const engines = { reference, target, strictness }
  const opened = open(() => new DifferentialSession(draft.reference, engines, watch(draft)))
  if (typeof opened === 'string')
    return { abstention: opened, scenario: () => draft.scenario(opened), ending: () => [] }
  const session = opened
  const played = (disagreement?: Disagreement): Played => ({
    ...(disagreement === undefined ? {} : { disagreement }),
    scenario: () => draft.scenario(disagreement?.message ?? 'no disagreement'),
    ending: () => session.expectations((hash) => draft.items.label(hash)),
  })
  try {
    const player = new StoryPlayer(draft, session, target, tempo)
    player.growBy(prelude, ground)
    for (const move of moves) player.play(move)
    return played()
  } catch (error) {
    if (error instanceof Disagreement) return played(error)
    if (error instanceof Abstention) return { ...played(), abstention: error.message }
    throw error
  }
}

/** What is opened, or why the target abstains from such a chain. */
function open<Opened>(make: () => Opened): Opened | string {
  try {
    return make()
  } catch (error) {
    if (error instanceof Abstention) return error.message
    throw error
  }
}
