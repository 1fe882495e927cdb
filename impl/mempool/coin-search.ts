import type { Chainstate } from '../chainstate/index.ts'
import type { SpentCoin } from '../validation/index.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'
import type { PoolEntry } from './entry.ts'
import type { TransactionPool } from './pool.ts'

/** A coin that an unconfirmed transaction spends; `height` is that of the next block for a coin of the pool. */
export interface FoundCoin extends SpentCoin, TxOutput {}

/** The coins of a transaction, or the ids of the transactions that should have made those which are not there. */
export type CoinSearch =
  | { readonly kind: 'found'; readonly coins: readonly FoundCoin[] }
  | { readonly kind: 'missing'; readonly parents: readonly Uint8Array[] }
  /** Coins are missing because the transaction itself has spent them: it is in a block. */
  | { readonly kind: 'confirmed' }

export function findCoins(
  transaction: Transaction,
  pool: TransactionPool,
  chainstate: Chainstate,
): CoinSearch {
  const coins: FoundCoin[] = []
  const missing = new Map<string, Uint8Array>()
  for (const { outpoint, prevIndex, prevTxid } of transaction.inputs) {
    const pooled = pool.outputOf(outpoint, prevIndex)
    const coin =
      pooled === undefined
        ? chainstate.coin(outpoint)
        : { ...pooled, height: chainstate.tip.height + 1, isCoinbase: false }
    if (coin === undefined) missing.set(hashKey(prevTxid), prevTxid)
    else coins.push(coin)
  }
  if (missing.size === 0) return { kind: 'found', coins }
  if (isConfirmed(transaction, chainstate)) return { kind: 'confirmed' }
  const parents = [...missing.values()].filter((txid) => pool.get(hashKey(txid)) === undefined)
  return { kind: 'missing', parents }
}

/** One of its own outputs is an unspent coin. */
function isConfirmed({ txid, outputs }: Transaction, chainstate: Chainstate): boolean {
  const outpoint = new Uint8Array(36)
  outpoint.set(txid)
  const view = new DataView(outpoint.buffer)
  for (let index = 0; index < outputs.length; index++) {
    view.setUint32(32, index, true)
    if (chainstate.coin(outpoint) !== undefined) return true
  }
  return false
}

/** Entries of the pool that spend a coin which this transaction spends too. */
export function conflictsOf(transaction: Transaction, pool: TransactionPool): Set<PoolEntry> {
  const conflicts = new Set<PoolEntry>()
  for (const { outpoint } of transaction.inputs) {
    const spender = pool.spenderOf(outpoint)
    if (spender !== undefined) conflicts.add(spender)
  }
  return conflicts
}
