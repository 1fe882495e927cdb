export { BlockNode, forkPoint } from './block-node.ts'
export { Chainstate, type ChainstateOptions, openChainstate } from './chainstate.ts'
