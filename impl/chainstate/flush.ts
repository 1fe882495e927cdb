import type { OrderedStore, StoreOperation } from '../storage/index.ts'
import type { BlockNode } from './block-node.ts'
import type { BlockStore } from './block-store.ts'
import type { BlockTree } from './block-tree.ts'
import { BytePool } from './byte-pool.ts'
import type { CoinCache } from './coin-cache.ts'
import { encodeIndexEntry } from './index-entry.ts'
import { type CoinState, encodeCoinState, encodeFilesRecord, encodeFlushMarker } from './state-record.ts'
import { BLOCK_KEY_BYTES, FILES_KEY, FLUSH_KEY, IDENTITY_KEY, putBlockKey, STATE_KEY } from './store-keys.ts'

/**
 * Brings the store up to date in slices, each one atomic batch: first the index of the blocks, then the coins.
 * While the coins take more than one batch a marker says from which tip to which they are on their way, so that
 * the next opening of the store can finish after a crash. No block is connected while a flush is under way.
 */
export class Flush {
  readonly #store: OrderedStore
  readonly #blocks: BlockStore
  readonly #coins: CoinCache
  readonly #identity: Uint8Array
  readonly #from: Uint8Array
  readonly #to: CoinState
  readonly #changed: BlockNode[]
  readonly #sliceOperations: number
  #nextChanged = 0
  #nextCoin: number | undefined = 0
  #isMarked = false

  /** `from` is the tip that the store has, `tip` the one it is to have. */
  constructor(
    store: OrderedStore,
    blocks: BlockStore,
    tree: BlockTree,
    coins: CoinCache,
    identity: Uint8Array,
    from: Uint8Array,
    tip: Uint8Array,
    sliceOperations: number,
    isMarked = false,
  ) {
    this.#sliceOperations = sliceOperations
    this.#store = store
    this.#blocks = blocks
    this.#coins = coins
    this.#identity = identity
    this.#from = from
    this.#to = { tip, ...coins.totals() }
    this.#changed = tree.takeChanged()
    this.#isMarked = isMarked
  }

  /** Writes one batch. Returns true when nothing is left and all is durable. */
  step(): boolean {
    const operations = this.#indexOperations()
    const room = Math.max(this.#sliceOperations - operations.length, 1)
    if (this.#nextChanged === this.#changed.length) {
      const slice = this.#coins.flushSlice(this.#nextCoin ?? 0, room)
      operations.push(...slice.operations)
      this.#nextCoin = slice.next
      if (slice.next === undefined) {
        operations.push({ put: STATE_KEY, value: encodeCoinState(this.#to) })
        if (this.#isMarked) operations.push({ delete: FLUSH_KEY })
        this.#store.batch(operations)
        this.#store.sync()
        return true
      }
      if (!this.#isMarked)
        operations.push({ put: FLUSH_KEY, value: encodeFlushMarker({ from: this.#from, to: this.#to }) })
      this.#isMarked = true
    }
    this.#store.batch(operations)
    return false
  }

  /** Entries may only name bytes in files that are durable. */
  #indexOperations(): StoreOperation[] {
    if (this.#nextChanged === this.#changed.length && this.#nextChanged > 0) return []
    this.#blocks.sync()
    const operations: StoreOperation[] = [
      { put: IDENTITY_KEY, value: this.#identity },
      { put: FILES_KEY, value: encodeFilesRecord(this.#blocks.lengths) },
    ]
    const pool = new BytePool()
    const end = Math.min(this.#nextChanged + this.#sliceOperations, this.#changed.length)
    for (; this.#nextChanged < end; this.#nextChanged++) {
      const node = this.#changed[this.#nextChanged]!
      const key = putBlockKey(pool.take(BLOCK_KEY_BYTES), node.hash)
      operations.push({ put: key, value: pool.copy(encodeIndexEntry(node)) })
    }
    return operations
  }
}
