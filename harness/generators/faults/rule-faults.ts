import type { Limits } from '../../../spec/index.ts'
import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'
import type { Draft } from '../draft.ts'
import type { Solution } from '../signet.ts'

/** A block on which one thing is to be changed. */
export interface Ground {
  readonly draft: Draft
  readonly parent: CompiledBlock
  readonly honest: BlockSource
  readonly choice: number
}

/** The block as it is to be, and perhaps the honest one that shares its hash. */
export interface Faulty {
  readonly faulty: BlockSource
  readonly original?: CompiledBlock
  /** Blocks that come first. */
  readonly before?: readonly CompiledBlock[]
  readonly solution?: Solution
}

/** Changes one thing, some choices just to the rule's limit; undefined where this chain has no such thing. */
export type Fault = (ground: Ground) => Faulty | undefined

/** What breaks one rule of the specification, where its limit lies, and what cannot occur. */
export interface RuleFaults {
  /** The rule's id in the specification. */
  readonly rule: string
  readonly faults: readonly Fault[]
  /** How often its faults are drawn; absent: 1. */
  readonly weight?: number
  /** The chains that have the rule; absent: all. */
  readonly on?: (draft: Draft) => boolean
  /** A rule that is kept is kept exactly at its limit when it breaks one step further; absent: it has no limit. */
  readonly edge?: Edge
  /** The rules that break with it, where no block breaks it alone, and why. */
  readonly company?: { readonly with: readonly string[]; readonly why: string }
  /** Why no generated chain reaches it. */
  readonly outOfReach?: string
  /** Why no block breaks it, but only an unconfirmed transaction. */
  readonly unconfirmedOnly?: string
  /** Why no block meets its limit, but only an unconfirmed transaction. */
  readonly limitUnconfirmedOnly?: string
}

/** A question next to the one that was asked: one step further in the direction in which the rule would break. */
// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
type Question = readonly [subject: any, limits: Limits]
// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
export type Edge = (subject: any, limits: Limits) => readonly Question[]
