import { txid } from '../encoding/index.ts'
import type { Hash, Transaction } from '../vocabulary/index.ts'
import { addToPool, EMPTY_POOL, judgeUnconfirmed, type Pool, type PoolContext } from './pool.ts'

/** The candidates that are accepted one after the other, and spend nothing of a transaction that fell. */
export function refill(candidates: readonly Transaction[], fallen: Set<Hash>, context: PoolContext): Pool {
  let pool = EMPTY_POOL
  for (const transaction of candidates) {
    const falls = fallen.has(txid(transaction)) || spendsAnyOf(transaction, fallen)
    if (falls || judgeUnconfirmed(pool, transaction, context).outcome !== 'accepted')
      fallen.add(txid(transaction))
    else pool = addToPool(pool, transaction, context.tip)
  }
  const kept = [...pool.transactions.values()]
  return kept.some((transaction) => spendsAnyOf(transaction, fallen)) ? refill(kept, fallen, context) : pool
}

function spendsAnyOf({ inputs }: Transaction, names: ReadonlySet<Hash>): boolean {
  return inputs.some(({ outpoint }) => names.has(outpoint.txid))
}
