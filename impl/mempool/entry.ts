import type { SequenceLock } from '../validation/index.ts'
import type { Transaction } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'

/** What is known of a transaction when it enters the pool. */
export interface EntryFacts {
  readonly transaction: Transaction
  /** Sats. */
  readonly fee: number
  /** Virtual bytes, no smaller than its signature operations ask for. */
  readonly vsize: number
  readonly sigopsCost: number
  /** Unix time in seconds. */
  readonly addedAt: number
  /** Height of the tip when it came. */
  readonly height: number
  readonly lock: SequenceLock
  /** Flags under which all its scripts succeeded. */
  readonly scriptFlags: number
  /** It was in a block that left the chain, and thus is no secret. */
  readonly wasConfirmed: boolean
}

/** A transaction in the pool among its relatives. Sums include the transaction itself; those of fees are of modified ones. */
export class PoolEntry implements EntryFacts {
  readonly transaction: Transaction
  readonly fee: number
  /** The fee as the operator wants it counted. [Core prioritisetransaction] */
  modifiedFee: number
  readonly vsize: number
  readonly sigopsCost: number
  readonly addedAt: number
  readonly height: number
  lock: SequenceLock
  scriptFlags: number
  readonly wasConfirmed: boolean
  /** Order of arrival. */
  readonly sequence: number
  readonly key: string
  readonly witnessKey: string
  readonly parents = new Set<PoolEntry>()
  readonly children = new Set<PoolEntry>()
  ancestors = 1
  ancestorVsize: number
  ancestorFees: number
  descendants = 1
  descendantVsize: number
  descendantFees: number

  /** `feeDelta` in sats is added to what it counts for. */
  constructor(facts: EntryFacts, sequence: number, feeDelta = 0) {
    this.transaction = facts.transaction
    this.fee = facts.fee
    this.modifiedFee = facts.fee + feeDelta
    this.vsize = facts.vsize
    this.sigopsCost = facts.sigopsCost
    this.addedAt = facts.addedAt
    this.height = facts.height
    this.lock = facts.lock
    this.scriptFlags = facts.scriptFlags
    this.wasConfirmed = facts.wasConfirmed
    this.sequence = sequence
    this.key = hashKey(facts.transaction.txid)
    this.witnessKey = hashKey(facts.transaction.wtxid)
    this.ancestorVsize = this.descendantVsize = this.vsize
    this.ancestorFees = this.descendantFees = this.modifiedFee
  }

  /** Makes the sums those of a transaction without relatives. */
  resetSums(): void {
    this.ancestors = this.descendants = 1
    this.ancestorVsize = this.descendantVsize = this.vsize
    this.ancestorFees = this.descendantFees = this.modifiedFee
  }

  /** Estimated memory in bytes: the transaction, its parsed form and its places in the pool's maps. */
  get memory(): number {
    const { raw, inputs, outputs } = this.transaction
    return raw.length + 700 + 260 * inputs.length + 120 * outputs.length
  }
}

/** All entries reached from `start` by `step`, `start` left out. */
function closure(
  start: Iterable<PoolEntry>,
  step: (entry: PoolEntry) => Iterable<PoolEntry>,
): Set<PoolEntry> {
  const reached = new Set<PoolEntry>(start)
  for (const entry of reached) for (const next of step(entry)) reached.add(next)
  return reached
}

export function ancestorsOf(parents: Iterable<PoolEntry>): Set<PoolEntry> {
  return closure(parents, (entry) => entry.parents)
}

/** The entries and all that spend them, directly or not. */
export function withDescendants(entries: Iterable<PoolEntry>): Set<PoolEntry> {
  return closure(entries, (entry) => entry.children)
}
