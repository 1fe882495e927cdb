import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'
import type { Solution } from '../signet.ts'
import type { StoryDraft } from '../story-draft.ts'

/** A block on which one thing is to be changed. */
export interface Ground {
  readonly draft: StoryDraft
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

/** Changes one thing; undefined where this chain has no such thing. */
export type Fault = (ground: Ground) => Faulty | undefined

/** The block with another output of its coinbase. */
export function withOutput(block: BlockSource, raw: string): BlockSource {
  return { ...block, coinbase: { ...block.coinbase, outputs: [{ to: { raw }, value: 0 }] } }
}
