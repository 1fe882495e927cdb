import type { BlockNode } from '../../chainstate/index.ts'

/** What one peer is still to be sent. */
export class PeerServing {
  /** The last block of an answer to getblocks that was as long as may be. */
  continuation: BlockNode | undefined
  /** Blocks whose filters it asked for. */
  readonly filtersAsked: BlockNode[] = []
}
