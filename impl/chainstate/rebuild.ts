import { ChecksummedStore, deleteRange, type OrderedStore } from '../storage/index.ts'
import { encodeCoinState } from './state-record.ts'
import { COIN_KEYS, FLUSH_KEY, REBUILD_KEY, STATE_KEY } from './store-keys.ts'

const COINS = new Uint8Array(0)
const EVERYTHING = Uint8Array.of(1)

/** The store of a chainstate with a checksum behind each value; one that fails has everything rebuilt at the next opening. */
export function protectStore(store: OrderedStore): OrderedStore {
  return new ChecksummedStore(store, { put: REBUILD_KEY, value: EVERYTHING })
}

/**
 * Asks the next opening of the store to rebuild the coins from the blocks, after data was found damaged without which
 * the present coins cannot be moved.
 */
export function requestRebuild(store: OrderedStore): void {
  store.batch([{ put: REBUILD_KEY, value: COINS }])
  store.sync()
}

/** What is to be rebuilt before the store is used: the coins, or the index too. */
export function requestedRebuild(store: OrderedStore): 'coins' | 'everything' | undefined {
  const request = store.get(REBUILD_KEY)
  return request && (request.length === 0 ? 'coins' : 'everything')
}

/** Forgets all coins, so that the chain is connected again from its genesis. May be cut short and repeated. @throws StoreError where the store is too damaged for it. */
export function forgetCoins(store: OrderedStore, genesis: Uint8Array): void {
  deleteRange(store, COIN_KEYS.start, COIN_KEYS.end)
  store.batch([
    { put: STATE_KEY, value: encodeCoinState({ tip: genesis, count: 0, sum: 0, digest: undefined }) },
    { delete: FLUSH_KEY },
    { delete: REBUILD_KEY },
  ])
  store.sync()
}
