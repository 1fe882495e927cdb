import type { OrderedStore } from '../storage/index.ts'
import type { BlockStore } from './block-store.ts'
import type { BlockTree } from './block-tree.ts'
import type { CoinCache } from './coin-cache.ts'
import { Flush } from './flush.ts'

/** What a flush brings to the store, and the store. */
export interface Flushed {
  readonly store: OrderedStore
  readonly blocks: BlockStore
  readonly tree: BlockTree
  readonly coins: CoinCache
  /** Of the chain and its rules, as the store keeps it. */
  readonly identity: Uint8Array
}

/** When the store is brought up to date, and how much of it at once. */
export interface FlushLimits {
  /** Coins in memory beyond this many bytes are flushed. */
  readonly coinBytesMax: number
  /** Flush after this many moves of the tip. */
  readonly movesMax: number
  /** Index entries or coins in one batch. */
  readonly sliceOperations: number
}

/** Decides when to flush, and takes one slice after another. */
export class FlushSchedule {
  readonly #flushed: Flushed
  readonly #limits: FlushLimits
  #storedTip: Uint8Array
  #flush: Flush | undefined
  #isWanted = false
  #moves = 0

  /** `storedTip` is the hash of the tip that the store has. */
  constructor(flushed: Flushed, storedTip: Uint8Array, limits: FlushLimits) {
    this.#flushed = flushed
    this.#storedTip = storedTip
    this.#limits = limits
  }

  /** A flush is under way or due. */
  get isDue(): boolean {
    return (
      this.#flush !== undefined ||
      this.#isWanted ||
      this.#moves >= this.#limits.movesMax ||
      this.#flushed.coins.bytesUsed > this.#limits.coinBytesMax
    )
  }

  noteMove(): void {
    this.#moves++
  }

  /** Takes the next slice of a flush whose end is this tip. The tip does not move while one is under way. */
  step(tip: Uint8Array): void {
    const { store, blocks, tree, coins, identity } = this.#flushed
    const { sliceOperations, coinBytesMax } = this.#limits
    this.#flush ??= new Flush(store, blocks, tree, coins, identity, this.#storedTip, tip, sliceOperations)
    if (!this.#flush.step()) return
    this.#flush = undefined
    this.#isWanted = false
    this.#moves = 0
    this.#storedTip = tip
    if (2 * coins.bytesUsed > coinBytesMax) coins.evict()
  }

  /** Ends the flush that is under way and makes another whole one, so that all is durable. */
  finish(tip: Uint8Array): void {
    while (this.#flush !== undefined) this.step(tip)
    this.#isWanted = true
    while (this.isDue) this.step(tip)
  }
}
