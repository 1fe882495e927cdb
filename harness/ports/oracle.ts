import type { ChainReference, ChainSession, HashHex } from './engine.ts'

/**
 * What the specification holds true for one node, fed with the items in the order in which that node judged them
 * and at that node's clock. Cheap to fork: a candidate may be tried on a copy.
 */
export interface OracleView extends ChainSession {
  fork(): OracleView
  /** The coin digest after this block, whichever branch it is on; undefined when the block was never connected. */
  coinDigestAt(block: HashHex): string | undefined
}

/** The specification as judge of many nodes: a block is connected once per context, however many nodes have it. */
export interface SpecOracle {
  /** A view that has seen nothing but the chain's genesis. */
  openView(chain: ChainReference): OracleView
}
