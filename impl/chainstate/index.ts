export { BlockNode, forkPoint } from './block-node.ts'
export * from './chainstate.ts'
export type { Coin } from './coin-record.ts'
export { StoreError } from './store-error.ts'
