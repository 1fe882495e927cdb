import {
  type BlockSpec,
  blockSchema,
  type Lock,
  type TransactionSpec,
  transactionSchema,
} from '../scenario/index.ts'
import type { BenchPlan } from './bench-plan.ts'

const MATURITY = 100
const KEYS = 100
const FEE_SATS = 1_000
const COINBASE_SATS = 50_0000_0000
const FIRST_BLOCK_TIME = 1_600_000_000

/** Transactions in the block that leaves the chain, each spending the one before. */
export const RETURNING = 8_000

/** Blocks in the file; the last one makes the branch without those transactions the longer one. */
export const REORGANISATION_BLOCKS = 1 + MATURITY + 3

/** Height of the tip at the end. */
export const REORGANISATION_HEIGHT = 1 + MATURITY + 2

/** A block with one long chain of transactions, and two empty blocks beside it that take its place. */
export function reorganisationPlan(): BenchPlan {
  const lockOf = (index: number): Lock => ({ key: `k${index % KEYS}`, type: 'p2wpkh' })
  const blocks: Record<string, BlockSpec> = {}
  const place = (name: string, parent: string, transactions: string[] = []): void => {
    blocks[name] = blockSchema.parse({
      extends: parent,
      ...(parent === 'genesis' ? { time: FIRST_BLOCK_TIME } : {}),
      transactions,
      coinbase: { to: lockOf(0) },
    })
  }
  const base = Array.from({ length: 1 + MATURITY }, (_, index) => `b${index + 1}`)
  for (const [index, name] of base.entries()) place(name, base[index - 1] ?? 'genesis')
  const transactions: Record<string, TransactionSpec> = {}
  const chained = Array.from({ length: RETURNING }, (_, index) => `pay${index}`)
  for (const [index, name] of chained.entries())
    transactions[name] = transactionSchema.parse({
      inputs: [{ spends: index === 0 ? 'b1:0' : `${chained[index - 1]}:0` }],
      outputs: [
        {
          to: lockOf(index + 1),
          value: COINBASE_SATS - (index + 1) * FEE_SATS,
        },
      ],
    })
  const tip = base.at(-1)!
  place('leaving', tip, chained)
  place('first', tip)
  place('second', 'first')
  return {
    keys: Array.from({ length: KEYS }, (_, index) => `k${index}`),
    transactions,
    blocks,
    order: [...base, 'leaving', 'first', 'second'],
    firstBlockTime: FIRST_BLOCK_TIME,
  }
}
