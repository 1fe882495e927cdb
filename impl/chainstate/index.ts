export { BlockNode, forkPoint } from './block-node.ts'
export { Chainstate, openChainstate } from './chainstate.ts'
export type { ChainstateOptions } from './options.ts'
export { protectStore } from './rebuild.ts'
