import type { ChainReference, ChainSession } from './engine.ts'

/**
 * The specification as judge of many nodes. Every view holds what the specification has for one node, fed with the
 * items in the order in which that node judged them and at that node's clock. A block is connected once per context,
 * however many views receive it, so that a view is cheap to open anew.
 */
export interface SpecOracle {
  /** A view that has seen nothing but the chain's genesis. */
  openView(chain: ChainReference): ChainSession
}
