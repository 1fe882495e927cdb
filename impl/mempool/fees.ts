import type { PoolEntry } from './entry.ts'
import { withDescendants } from './entry.ts'
import type { MempoolPolicy } from './policy.ts'
import { feeAt } from './policy.ts'
import type { TransactionPool } from './pool.ts'

const HALF_LIFE_SECONDS = 12 * 3600

/**
 * The fee rate that the pool asks after it had to evict: it follows what was evicted and fades with a half-life of
 * twelve hours, faster while the pool is far from full. [Core CTxMemPool::GetMinFee]
 */
export class FeeFloor {
  readonly #policy: MempoolPolicy
  #rate = 0
  #updatedAt = 0
  #blockSinceRise = false

  constructor(policy: MempoolPolicy) {
    this.#policy = policy
  }

  /** Sats per 1,000 virtual bytes that a newcomer must pay, `now` in seconds and `memory` what the pool holds. */
  rate(now: number, memory: number): number {
    if (!this.#blockSinceRise || this.#rate === 0) return this.#rate
    if (now > this.#updatedAt + 10) {
      const fill = memory / this.#policy.poolBytesMax
      const halfLife =
        fill < 1 / 4 ? HALF_LIFE_SECONDS / 4 : fill < 1 / 2 ? HALF_LIFE_SECONDS / 2 : HALF_LIFE_SECONDS
      this.#rate /= 2 ** ((now - this.#updatedAt) / halfLife)
      this.#updatedAt = now
      if (this.#rate < this.#policy.incrementalFeeRate / 2) this.#rate = 0
    }
    return this.#rate === 0 ? 0 : Math.max(this.#rate, this.#policy.incrementalFeeRate)
  }

  raise(evictedRate: number): void {
    const rate = evictedRate + this.#policy.incrementalFeeRate
    if (rate <= this.#rate) return
    this.#rate = rate
    this.#blockSinceRise = false
  }

  /** A block has made room: from now on the floor fades. */
  blockConnected(now: number): void {
    this.#updatedAt = now
    this.#blockSinceRise = true
  }
}

/** Why a fee is too low for the pool, or nothing. [Core MemPoolAccept::CheckFeeRate] */
export function feeShortfall(
  fee: number,
  vsize: number,
  floorRate: number,
  policy: MempoolPolicy,
): { reason: string; detail: string } | undefined {
  const floor = feeAt(floorRate, vsize)
  if (fee < floor) return { reason: 'mempool min fee not met', detail: `${fee} < ${floor}` }
  const relay = feeAt(policy.minRelayFeeRate, vsize)
  return fee < relay ? { reason: 'min relay fee not met', detail: `${fee} < ${relay}` } : undefined
}

/** Room made beyond need, so that sorting a large full pool serves many newcomers. */
const SPARE_SHARE = 0.01

/** Evicts the least paying transactions with their descendants until the pool fits; returns what left. [Core TrimToSize] */
export function trimToSize(pool: TransactionPool, policy: MempoolPolicy, floor: FeeFloor): Set<PoolEntry> {
  const left = new Set<PoolEntry>()
  if (pool.memory <= policy.poolBytesMax) return left
  const goal = policy.poolBytesMax * (1 - SPARE_SHARE)
  const byRate = [...pool.entries()].sort(
    (a, b) => descendantRate(a) - descendantRate(b) || b.sequence - a.sequence,
  )
  for (const entry of byRate) {
    if (pool.memory <= goal) break
    if (left.has(entry)) continue
    floor.raise(descendantRate(entry))
    for (const gone of pool.removeWithDescendants([entry])) left.add(gone)
  }
  return left
}

/** What keeping an entry pays: its own rate or that of everything below it, whichever is more. */
function descendantRate(entry: PoolEntry): number {
  return 1000 * Math.max(entry.modifiedFee / entry.vsize, entry.descendantFees / entry.descendantVsize)
}

/** Removes transactions that waited too long, with their descendants; returns what left. [Core CTxMemPool::Expire] */
export function expire(pool: TransactionPool, policy: MempoolPolicy, now: number): Set<PoolEntry> {
  const overdue: PoolEntry[] = []
  for (const entry of pool.entries()) if (entry.addedAt < now - policy.expirySeconds) overdue.push(entry)
  return overdue.length === 0 ? new Set() : pool.removeWithDescendants(withDescendants(overdue))
}
