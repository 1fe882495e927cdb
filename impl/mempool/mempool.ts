import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import type { ScriptChecks } from '../script-engine/index.ts'
import { isFinal } from '../validation/index.ts'
import type { Block, Transaction } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'
import type { AcceptOutcome } from './accept.ts'
import { acceptTransaction, relativeLock } from './accept.ts'
import type { PoolEntry } from './entry.ts'
import { expire, FeeFloor, trimToSize } from './fees.ts'
import type { MempoolPolicy } from './policy.ts'
import { TransactionPool } from './pool.ts'

/** Bytes of disconnected blocks whose transactions are kept to come back. [Core MAX_DISCONNECTED_TX_POOL_BYTES] */
const RETURNING_BYTES_MAX = 20_000_000

/** The pool of loose transactions, kept in step with the active chain. */
export class Mempool {
  readonly pool = new TransactionPool()
  readonly policy: MempoolPolicy
  readonly #chainstate: Chainstate
  readonly #checks: ScriptChecks
  readonly #floor: FeeFloor
  /** Transactions of disconnected blocks, by id; the latest block's come first. */
  #returning = new Map<string, Transaction>()
  #returningBytes = 0
  #hasReorganised = false

  constructor(chainstate: Chainstate, checks: ScriptChecks, policy: MempoolPolicy) {
    this.#chainstate = chainstate
    this.#checks = checks
    this.policy = policy
    this.#floor = new FeeFloor(policy)
  }

  /** Judges a loose transaction and keeps it; `now` in seconds. Not to be called between blocks of a reorganisation. */
  accept(transaction: Transaction, now: number, isReturning = false): AcceptOutcome {
    const outcome = acceptTransaction(transaction, {
      chainstate: this.#chainstate,
      pool: this.pool,
      policy: this.policy,
      checks: this.#checks,
      now,
      floorRate: this.#floor.rate(now, this.pool.memory),
      isReturning,
    })
    if (outcome.kind !== 'accepted' || isReturning) return outcome
    expire(this.pool, this.policy, now)
    const evicted = trimToSize(this.pool, this.policy, this.#floor)
    return evicted.has(outcome.entry) ? FULL : outcome
  }

  /** Sats per 1,000 virtual bytes below which nothing is kept. */
  feeRate(now: number): number {
    return Math.max(this.policy.minRelayFeeRate, this.#floor.rate(now, this.pool.memory))
  }

  /** A block joined the active chain: what it holds leaves the pool, and so does what it makes impossible. */
  blockConnected(block: Block, now: number): void {
    const confirmed = new Set<PoolEntry>()
    const conflicting = new Set<PoolEntry>()
    for (const transaction of block.transactions) {
      const key = hashKey(transaction.txid)
      if (this.#returning.size > 0) this.#dropReturning(key)
      const entry = this.pool.get(key)
      if (entry !== undefined) confirmed.add(entry)
      if (this.pool.size === 0) continue
      for (const { outpoint } of transaction.inputs) {
        const spender = this.pool.spenderOf(outpoint)
        if (spender !== undefined && spender !== entry) conflicting.add(spender)
      }
    }
    this.pool.remove(confirmed)
    this.pool.removeWithDescendants(conflicting)
    this.#floor.blockConnected(now)
  }

  /** A block left the active chain: its transactions may come back when the reorganisation is over. */
  blockDisconnected(block: Block): void {
    this.#hasReorganised = true
    const { transactions } = block
    for (let i = transactions.length - 1; i > 0; i--) {
      this.#returning.set(hashKey(transactions[i]!.txid), transactions[i]!)
      this.#returningBytes += transactions[i]!.totalSize
    }
    this.#makeUnspendable(transactions[0]!)
    while (this.#returningBytes > RETURNING_BYTES_MAX) {
      const [[key, transaction]] = this.#returning as unknown as [[string, Transaction]]
      this.#dropReturning(key)
      this.#makeUnspendable(transaction)
    }
  }

  /** After the last move of a reorganisation: resurrects, then drops whatever the next block could not hold. [Core MaybeUpdateMempoolForReorg] */
  settle(now: number): void {
    if (!this.#hasReorganised) return
    this.#hasReorganised = false
    const returning = [...this.#returning.values()].reverse()
    this.#returning = new Map()
    this.#returningBytes = 0
    for (const transaction of returning)
      if (this.accept(transaction, now, true).kind !== 'accepted') this.#makeUnspendable(transaction)
    const premature: PoolEntry[] = []
    for (const entry of this.pool.entries()) if (!this.#isStillGood(entry)) premature.push(entry)
    this.pool.removeWithDescendants(premature)
    trimToSize(this.pool, this.policy, this.#floor)
  }

  #dropReturning(key: string): void {
    const transaction = this.#returning.get(key)
    if (transaction === undefined) return
    this.#returningBytes -= transaction.totalSize
    this.#returning.delete(key)
  }

  /** The outputs of this transaction are gone: what spends them leaves the pool. */
  #makeUnspendable(transaction: Transaction): void {
    const outpoint = new Uint8Array(36)
    outpoint.set(transaction.txid)
    const view = new DataView(outpoint.buffer)
    const spenders = new Set<PoolEntry>()
    for (let index = 0; index < transaction.outputs.length; index++) {
      view.setUint32(32, index, true)
      const spender = this.pool.spenderOf(outpoint)
      if (spender !== undefined) spenders.add(spender)
    }
    this.pool.removeWithDescendants(spenders)
  }

  /** Final, past its relative locks and mature in the next block. */
  #isStillGood(entry: PoolEntry): boolean {
    const { tip, medianTimePast } = this.#chainstate
    const { transaction } = entry
    if (!isFinal(transaction, tip.height + 1, medianTimePast)) return false
    const heights = this.#coinHeights(entry, tip)
    if (heights === undefined) return false
    const lock = relativeLock(transaction, (i) => heights[i]!, this.#chainstate)
    if (lock === undefined) return false
    entry.lock = lock
    return true
  }

  /** Height of each coin it spends; nothing when one is gone or an immature coinbase. */
  #coinHeights({ transaction, spendsCoinbase }: PoolEntry, tip: BlockNode): number[] | undefined {
    const { limits } = this.#chainstate.chain
    const heights: number[] = []
    for (const { outpoint, prevIndex } of transaction.inputs) {
      if (this.pool.outputOf(outpoint, prevIndex) !== undefined) {
        heights.push(tip.height + 1)
        continue
      }
      const coin = this.#chainstate.coin(outpoint)
      if (coin === undefined) return undefined
      const depth = tip.height + 1 - coin.height
      if (spendsCoinbase && coin.isCoinbase && depth < limits.coinbaseMaturity) return undefined
      heights.push(coin.height)
    }
    return heights
  }
}

const FULL: AcceptOutcome = {
  kind: 'refused',
  rejection: { outcome: 'rejected', class: 'premature', reason: 'mempool full' },
  otherWitness: false,
}
