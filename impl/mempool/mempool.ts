import type { Chainstate } from '../chainstate/index.ts'
import type { ScriptChecks } from '../script-engine/index.ts'
import { isFinal, isMature, refusedByPolicy } from '../validation/index.ts'
import type { Block, Transaction } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'
import type { AcceptContext, AcceptOutcome } from './accept.ts'
import { acceptTransaction, relativeLock } from './accept.ts'
import { findCoins } from './coin-search.ts'
import type { PoolEntry } from './entry.ts'
import { failingScript } from './failing-script.ts'
import { expire, FeeFloor, trimToSize } from './fees.ts'
import { tooManyAncestors } from './limits.ts'
import type { MempoolPolicy } from './policy.ts'
import { TransactionPool } from './pool.ts'
import { ReturningTransactions } from './returning.ts'
import { dustCount } from './standard.ts'

/** Blocks that the operator invalidates whose transactions return, from the tip down. [Core InvalidateBlock] */
const INVALIDATED_BLOCKS_MAX = 10

/** The pool of unconfirmed transactions, kept in step with the active chain. */
export class Mempool {
  readonly pool = new TransactionPool()
  readonly policy: MempoolPolicy
  readonly #chainstate: Chainstate
  readonly #checks: ScriptChecks
  readonly #floor: FeeFloor
  readonly #returning = new ReturningTransactions()
  /** Work of the tip that a reorganisation under way has left. */
  #workLeft: bigint | undefined
  #blocksInvalidated = 0
  /** Unix seconds of the latest event. */
  #now = 0
  /** Flags under which every script in the pool has succeeded. */
  #scriptFlags = ~0

  constructor(chainstate: Chainstate, checks: ScriptChecks, policy: MempoolPolicy) {
    this.#chainstate = chainstate
    this.#checks = checks
    this.policy = policy
    this.#floor = new FeeFloor(policy)
  }

  /** Judges an unconfirmed transaction and keeps it; `now` in seconds. Must not be called between blocks of a reorganisation. */
  accept(transaction: Transaction, now: number): AcceptOutcome {
    this.#now = now
    const outcome = this.#judge(transaction, false)
    if (outcome.kind !== 'accepted') return outcome
    expire(this.pool, this.policy, now)
    const evicted = trimToSize(this.pool, this.policy, this.#floor)
    return evicted.has(outcome.entry) ? FULL : outcome
  }

  /** Takes in again what was in the pool before a restart, as old as it is; `now` in seconds. */
  restore(transaction: Transaction, addedAt: number, now: number): AcceptOutcome {
    this.#now = now
    if (addedAt < now - this.policy.expirySeconds) return EXPIRED
    return acceptTransaction(transaction, { ...this.#context(false), now: addedAt })
  }

  /** What `accept` would say; keeps nothing. */
  tryOut(transaction: Transaction, now: number): AcceptOutcome {
    this.#now = now
    return acceptTransaction(transaction, { ...this.#context(false), isTrial: true })
  }

  #judge(transaction: Transaction, isReturning: boolean): AcceptOutcome {
    const outcome = acceptTransaction(transaction, this.#context(isReturning))
    if (outcome.kind === 'accepted') this.#scriptFlags &= outcome.entry.scriptFlags
    return outcome
  }

  #context(isReturning: boolean): AcceptContext {
    const now = this.#now
    return {
      chainstate: this.#chainstate,
      pool: this.pool,
      policy: this.policy,
      checks: this.#checks,
      now,
      floorRate: this.#floor.rate(now, this.pool.memory),
      isReturning,
    }
  }

  /** A standard transaction leaves outputs that are worth less than it costs to spend them. */
  hasDust({ outputs }: Transaction): boolean {
    return this.policy.requireStandard && dustCount(outputs, this.policy.dustFeeRate) > 0
  }

  /** Sats per 1,000 virtual bytes below which nothing is kept. */
  feeRate(now: number): number {
    return Math.max(this.policy.minRelayFeeRate, this.#floor.rate(now, this.pool.memory))
  }

  /**
   * A block joined the active chain: what it holds leaves the pool, and so does what it makes impossible. The first
   * block that makes up for the tip which was left ends the reorganisation for the pool. [Core ActivateBestChainStep]
   */
  blockConnected(block: Block, now: number): void {
    this.#now = now
    this.#blocksInvalidated = 0
    const confirmed = new Set<PoolEntry>()
    const conflicting = new Set<PoolEntry>()
    for (const transaction of block.transactions) {
      const key = hashKey(transaction.txid)
      this.#returning.drop(key)
      this.pool.forgetFeeDelta(key)
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
    if (this.#workLeft !== undefined && this.#chainstate.tip.chainWork > this.#workLeft) this.#recover(true)
  }

  /**
   * A block left the active chain: its transactions may come back when the reorganisation is over, or at once when the
   * operator invalidated the block.
   */
  blockDisconnected(block: Block): void {
    const { chainWork, isFailed } = this.#chainstate.node(block.hash)!
    for (const lost of this.#returning.add(block)) this.#makeUnspendable(lost)
    this.#makeUnspendable(block.transactions[0]!)
    if (isFailed) this.#recover(++this.#blocksInvalidated <= INVALIDATED_BLOCKS_MAX)
    else this.#workLeft ??= chainWork
  }

  /** A block has failed: a reorganisation that was under way ends, for the pool, where it broke off. [Core ActivateBestChainStep] */
  connectionFailed(): void {
    if (this.#workLeft !== undefined) this.#recover(true)
  }

  /** The chain has come to rest: after this, the pool holds nothing that the next block could not. */
  settle(now: number): void {
    this.#now = now
    this.#blocksInvalidated = 0
    if (this.#workLeft !== undefined) this.#recover(true)
    this.#recheckScripts()
  }

  /**
   * Resurrects what left with its blocks, or gives it up, then drops whatever is premature again or too long a family.
   * [Core MaybeUpdateMempoolForReorg]
   */
  #recover(mayReturn: boolean): void {
    this.#workLeft = undefined
    const returning = this.#returning.take()
    if (returning.length > 0) this.pool.suspendCounting()
    for (const transaction of returning)
      if (!mayReturn || this.#judge(transaction, true).kind !== 'accepted') this.#makeUnspendable(transaction)
    const premature: PoolEntry[] = []
    for (const entry of this.pool.entries()) if (!this.#isStillGood(entry)) premature.push(entry)
    this.pool.removeWithDescendants(premature)
    if (returning.length > 0) {
      this.pool.removeWithDescendants(tooManyAncestors(this.pool, this.policy))
      this.pool.recount()
    }
    expire(this.pool, this.policy, this.#now)
    trimToSize(this.pool, this.policy, this.#floor)
  }

  /**
   * Judges again what came in under fewer rules than may follow now: on another branch, where a fork has not failed that
   * failed where it came in. Pools with Core's relay rules never need it, since those contain every fork.
   */
  #recheckScripts(): void {
    const { flagsToCome: flags } = this.#chainstate.activations.after(this.#chainstate.tip)
    if ((flags & ~this.#scriptFlags) === 0) return
    this.#scriptFlags |= flags
    const failing: PoolEntry[] = []
    for (const entry of this.pool.entries()) {
      if ((flags & ~entry.scriptFlags) === 0) continue
      const search = findCoins(entry.transaction, this.pool, this.#chainstate)
      const isGood =
        search.kind === 'found' &&
        failingScript(entry.transaction, search.coins, flags, this.#checks) === undefined
      if (isGood) entry.scriptFlags |= flags
      else failing.push(entry)
    }
    this.pool.removeWithDescendants(failing)
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
    const { chain, tip, medianTimePast } = this.#chainstate
    const { transaction } = entry
    if (!isFinal(transaction, tip.height + 1, medianTimePast)) return false
    const search = findCoins(transaction, this.pool, this.#chainstate)
    if (search.kind !== 'found') return false
    const { coins } = search
    if (!coins.every((coin) => isMature(coin, tip.height + 1, chain.limits))) return false
    const lock = relativeLock(transaction, (i) => coins[i]!.height, this.#chainstate)
    if (lock === undefined) return false
    entry.lock = lock
    return true
  }
}

const EXPIRED: AcceptOutcome = {
  kind: 'refused',
  rejection: refusedByPolicy('expired'),
  otherWitness: false,
}

const FULL: AcceptOutcome = {
  kind: 'refused',
  rejection: refusedByPolicy('mempool full'),
  otherWitness: false,
}
