import type { OrderedStore, StoreOperation } from '../storage/index.ts'
import { encodeCoinState } from './state-record.ts'
import { COIN_KEYS, FLUSH_KEY, REBUILD_KEY, STATE_KEY } from './store-keys.ts'

const SLICE_COINS = 20_000

/**
 * Asks the next opening of the store to rebuild the coins from the blocks, after data was found damaged without which
 * the present coins cannot be moved.
 */
export function requestRebuild(store: OrderedStore): void {
  store.batch([{ put: REBUILD_KEY, value: new Uint8Array(0) }])
  store.sync()
}

/** True when `requestRebuild` was called and the coins are not rebuilt yet. */
export function isRebuildRequested(store: OrderedStore): boolean {
  return store.get(REBUILD_KEY) !== undefined
}

/** Forgets all coins, so that the chain is connected again from its genesis. May be cut short and repeated. */
export function forgetCoins(store: OrderedStore, genesis: Uint8Array): void {
  for (;;) {
    const doomed: StoreOperation[] = []
    for (const [key] of store.range(COIN_KEYS.start, COIN_KEYS.end, { limit: SLICE_COINS }))
      doomed.push({ delete: key })
    if (doomed.length === 0) break
    store.batch(doomed)
  }
  store.batch([
    { put: STATE_KEY, value: encodeCoinState({ tip: genesis, count: 0, digest: undefined }) },
    { delete: FLUSH_KEY },
    { delete: REBUILD_KEY },
  ])
  store.sync()
}
