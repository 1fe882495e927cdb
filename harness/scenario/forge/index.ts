export { subsidyAt } from './block.ts'
export { createForge, type Forge, GENESIS } from './forge.ts'
export { sats } from './transaction.ts'
