import { ByteWriter, type Transaction, type TxOutput } from '../../wire/index.ts'
import { packSpend } from './packed-spend.ts'

/** Where a packed spend lies in the arena. `id` differs from that of any other spend that a worker may remember. */
export interface PackedAt {
  readonly id: number
  readonly offset: number
  readonly length: number
}

/** Packs spends one behind the other into shared memory; consecutive requests for one spend share its place. */
export class SpendArena {
  readonly #arena: Uint8Array
  readonly #packing = new ByteWriter(4096)
  #used = 0
  #id = 0
  #tx: Transaction | undefined
  #spent: readonly TxOutput[] | undefined
  #last: PackedAt | undefined

  constructor(arena: Uint8Array) {
    this.#arena = arena
  }

  /** The place of a spend, packed if need be; `full` when it fits only after `clear`, `too large` when never. */
  place(tx: Transaction, spent: readonly TxOutput[]): PackedAt | 'full' | 'too large' {
    if (this.#last !== undefined && this.#tx === tx && this.#spent === spent) return this.#last
    packSpend(this.#packing.reset(), tx, spent)
    const { length } = this.#packing
    if (length > this.#arena.length) return 'too large'
    if (length > this.#arena.length - this.#used) return 'full'
    this.#arena.set(this.#packing.view(), this.#used)
    this.#last = { id: this.#id, offset: this.#used, length }
    this.#id = (this.#id + 1) | 0
    this.#used += length
    this.#tx = tx
    this.#spent = spent
    return this.#last
  }

  /** Forgets everything; no thread may be reading. */
  clear(): void {
    this.#used = 0
    this.#last = undefined
    this.#tx = undefined
    this.#spent = undefined
  }
}
