import { decodePool, type Mempool, type SavedPool } from '../mempool/index.ts'
import type { Network } from '../peers/index.ts'
import { DecodeError, type Hasher, hashKey } from '../wire/index.ts'

/** The parts of a node that have to do with what waits for a block. */
interface PoolParts {
  readonly crypto: Hasher
  readonly mempool: Mempool
  readonly network: Network
  log(level: 'info' | 'warning', message: string): void
}

/** Takes in a saved pool, as old as it is; `now` in milliseconds. [Core LoadMempool] */
export function restorePool(bytes: Uint8Array, parts: PoolParts, now: number): void {
  const { crypto, mempool, network } = parts
  const saved = decode(bytes, crypto)
  if (typeof saved === 'string') {
    parts.log('warning', `Failed to deserialize mempool data on file: ${saved}. Continuing anyway.`)
    return
  }
  for (const [key, sats] of saved.feeDeltas) mempool.pool.prioritise(key, sats)
  const unbroadcast = new Set(saved.unbroadcast)
  let taken = 0
  for (const { transaction, addedAt, feeDelta } of saved.entries) {
    const key = hashKey(transaction.txid)
    if (feeDelta !== 0) mempool.pool.prioritise(key, feeDelta)
    if (mempool.restore(transaction, addedAt, Math.floor(now / 1000)).kind !== 'accepted') continue
    taken++
    if (unbroadcast.has(key)) network.view.noteUnbroadcast(key, now)
  }
  const failed = saved.entries.length - taken
  parts.log('info', `Imported mempool transactions from file: ${taken} succeeded, ${failed} failed`)
}

/** The pool, or why it cannot be read. */
function decode(bytes: Uint8Array, hasher: Hasher): SavedPool | string {
  try {
    return decodePool(bytes, hasher)
  } catch (error) {
    if (error instanceof DecodeError) return error.message
    throw error
  }
}
