import type { Block, Transaction } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'

/** Bytes of disconnected blocks whose transactions are kept to come back. [Core MAX_DISCONNECTED_TX_POOL_BYTES] */
const BYTES_MAX = 20_000_000

/** Transactions of disconnected blocks that wait to be judged again. [Core DisconnectedBlockTransactions] */
export class ReturningTransactions {
  /** By id; the block disconnected last has its transactions last, each block's from the end. */
  #transactions = new Map<string, Transaction>()
  #bytes = 0

  /** Keeps the transactions of a block, the coinbase left out; returns those for which there is no more room. */
  add({ transactions }: Block): Transaction[] {
    for (let i = transactions.length - 1; i > 0; i--) {
      this.#transactions.set(hashKey(transactions[i]!.txid), transactions[i]!)
      this.#bytes += transactions[i]!.totalSize
    }
    const left: Transaction[] = []
    for (const [key, transaction] of this.#transactions) {
      if (this.#bytes <= BYTES_MAX) break
      this.drop(key)
      left.push(transaction)
    }
    return left
  }

  /** A block holds it again. */
  drop(key: string): void {
    const transaction = this.#transactions.get(key)
    if (transaction === undefined) return
    this.#bytes -= transaction.totalSize
    this.#transactions.delete(key)
  }

  /** All of them, parents before children; nothing waits afterwards. */
  take(): Transaction[] {
    const all = [...this.#transactions.values()].reverse()
    this.#transactions = new Map()
    this.#bytes = 0
    return all
  }
}
