import type { SpendExample } from '../../spec/index.ts'
import type { FoundDisagreement } from '../conformance/index.ts'

/** How far to search, and from which random seed. */
export interface SearchBounds {
  readonly seed: number
  /** Words of the longest script in the exhaustive search. */
  readonly words: number
  /** Spends to try by themselves. */
  readonly spends: number
  /** Generated blocks and unconfirmed transactions to deliver. */
  readonly deliveries: number
}

/** Something that is allowed after a change and forbidden before. */
export type HardForkWitness =
  | { readonly kind: 'spend'; readonly spend: SpendExample; readonly before: string }
  | { readonly kind: 'block'; readonly message: string; readonly scenario: FoundDisagreement['scenario'] }
  | { readonly kind: 'header'; readonly bytes: string; readonly message: string }

/** What the search found. Without a witness nothing is proved beyond the bounds. */
export interface SoftForkSearch {
  readonly witnesses: readonly HardForkWitness[]
  /** Spends and deliveries that were tried; `tiny` are all spends there are within a small bound. */
  readonly tried: { readonly tiny: number; readonly spends: number; readonly deliveries: number }
  /** How often the change forbids what was allowed. */
  readonly forbidden: { readonly spends: number; readonly blocks: number }
}
