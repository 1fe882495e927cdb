import type { Engine } from './engine.ts'

/**
 * The specification as judge of many nodes: it opens one session per node, which is fed with the items in the order
 * in which that node judged them and at that node's clock. A block is connected once per context, however many
 * sessions receive it, so that another session is cheap to open.
 */
export type SpecOracle = Pick<Engine, 'openChain'>
