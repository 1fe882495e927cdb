export { ChainIndex } from './chain-index.ts'
export { SpenderIndex } from './spender-index.ts'
export { TransactionIndex } from './transaction-index.ts'
