import type { Block, Transaction } from '../../wire/index.ts'
import { hashKey } from '../../wire/index.ts'

/** The transactions of the block that joined the chain last: peers that had it announced may still ask for it. [Core m_most_recent_block_txs] */
export class LatestBlock {
  #block: Block | undefined
  /** By id, and by id with witness; made when somebody asks. */
  #byKey: Map<string, Transaction> | undefined

  set(block: Block): void {
    this.#block = block
    this.#byKey = undefined
  }

  transaction(key: string): Transaction | undefined {
    this.#byKey ??= byKeys(this.#block?.transactions ?? [])
    return this.#byKey.get(key)
  }
}

function byKeys(transactions: readonly Transaction[]): Map<string, Transaction> {
  const all = new Map<string, Transaction>()
  for (const transaction of transactions) {
    all.set(hashKey(transaction.txid), transaction)
    all.set(hashKey(transaction.wtxid), transaction)
  }
  return all
}
