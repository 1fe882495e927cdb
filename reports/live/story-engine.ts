import type { RuleText } from '../results.ts'
import type { RunRecord } from '../run-record.ts'
import type { View } from './view.ts'

/** A story played again in the page. */
export interface PlayedStory {
  readonly records: readonly RunRecord[]
  /** The scenario with what the reader added, as a file holds it. */
  readonly story: unknown
  /** Names of all blocks and transactions. */
  readonly items: readonly string[]
}

/** The engine in the page: the simulator with its nodes, and the specification as judge. */
export interface StoryEngine {
  /** Plays a story, from `fromMs` on with what the reader added. @throws Error in one line */
  play(story: unknown, view: Pick<View, 'fromMs' | 'added'>): PlayedStory
  /** A rule of the specification by its id. */
  rule(id: string): RuleText | undefined
}
