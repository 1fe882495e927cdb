export { subsidyAt } from './block.ts'
export { createForge, type Forge, type ForgePlan, GENESIS } from './forge.ts'
export { sats } from './transaction.ts'
