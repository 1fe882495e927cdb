import type { BlockSource, TransactionSource } from '../../scenario/index.ts'
import type { BranchCoin } from '../branch-book.ts'
import { pick } from '../choices.ts'
import { easyCoins } from '../coins.ts'
import type { Faulty, Ground } from './rule-faults.ts'

/** Blocks that weigh more take long to make. */
export const FORGED_WEIGHT_MAX = 100_000

/** An outpoint that only a coinbase has. */
export const NO_OUTPUT = { txid: '00'.repeat(32), index: 0xffffffff }

/** The block with another output of its coinbase. */
export function withOutput(block: BlockSource, raw: string): BlockSource {
  return { ...block, coinbase: { ...block.coinbase, outputs: [{ to: { raw }, value: 0 }] } }
}

/** The block with one transaction more. */
export function withTransaction({ draft, honest }: Ground, source: TransactionSource): BlockSource {
  const { name } = draft.addTransaction(source)
  return { ...honest, transactions: [...(honest.transactions ?? []), name] }
}

/** The block with one transaction alone, made from a coin that an honest block could spend; undefined without one. */
export function withSpend(ground: Ground, make: (coin: BranchCoin) => TransactionSource): Faulty | undefined {
  const { draft, parent, honest, choice } = ground
  const coins = easyCoins(draft, parent)
  if (coins.length === 0) return undefined
  const coin = pick(coins, choice >> 3)
  return { faulty: withTransaction({ ...ground, honest: { ...honest, transactions: [] } }, make(coin)) }
}

/** Pays a coin's value to anyone. */
export const SPEND_ALL = [{ to: 'anyone', value: 'rest' }] as const
