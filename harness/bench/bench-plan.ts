import type { BlockSpec, TransactionSpec } from '../scenario/index.ts'

/** What a chain is forged from, and its blocks in the order of their delivery. */
export interface BenchPlan {
  readonly keys: readonly string[]
  readonly transactions: Readonly<Record<string, TransactionSpec>>
  readonly blocks: Readonly<Record<string, BlockSpec>>
  readonly order: readonly string[]
  /** Unix seconds. */
  readonly firstBlockTime: number
}
