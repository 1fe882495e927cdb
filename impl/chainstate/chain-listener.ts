import type { Rejection } from '../validation/index.ts'
import type { Block } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'

/** Hears of every move of the tip, while the coins are those after the move. */
export interface ChainListener {
  connected(block: Block, node: BlockNode): void
  disconnected(block: Block, node: BlockNode): void
  /** A block that should have become the tip has failed; the tip is where it was. */
  failed?(node: BlockNode, rejection: Rejection): void
}
