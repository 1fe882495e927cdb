import type { Transaction } from '../../wire/index.ts'

/** [Core DEFAULT_BLOCK_RECONSTRUCTION_EXTRA_TXN] */
const COUNT_MAX = 100
/** Larger ones are not worth their memory. */
const BYTES_MAX = 100_000

/** The latest transactions that the pool does not have: a miner may have taken them all the same. [Core vExtraTxnForCompact] */
export class ExtraTransactions {
  readonly #ring: Transaction[] = []
  #next = 0

  add(transaction: Transaction): void {
    if (transaction.totalSize >= BYTES_MAX) return
    this.#ring[this.#next] = transaction
    this.#next = (this.#next + 1) % COUNT_MAX
  }

  all(): readonly Transaction[] {
    return this.#ring
  }
}
