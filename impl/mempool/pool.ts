import type { Transaction, TxOutput } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'
import type { EntryFacts } from './entry.ts'
import { ancestorsOf, PoolEntry, withDescendants } from './entry.ts'

/** A map key of a serialized outpoint. */
export function outpointKey(outpoint: Uint8Array): string {
  return (
    hashKey(outpoint) +
    String.fromCharCode(outpoint[32]! | (outpoint[33]! << 8), outpoint[34]! | (outpoint[35]! << 8))
  )
}

/**
 * The transactions that wait for a block, as a graph: by id, by id with witness, and by the coins they spend.
 * It decides nothing: acceptance, eviction and reorganisation say which entries come and go.
 */
export class TransactionPool {
  readonly #byKey = new Map<string, PoolEntry>()
  readonly #byWitnessKey = new Map<string, PoolEntry>()
  readonly #spenders = new Map<string, PoolEntry>()
  /** What operators add to fees, in sats, by id; of transactions that may be here or may come. */
  readonly #feeDeltas = new Map<string, number>()
  #sequence = 1
  #memory = 0
  #isCounting = true

  get size(): number {
    return this.#byKey.size
  }

  /** The `sequence` of the next entry: one more than entries came or went, but for those that a block confirmed. [Core GetSequence] */
  get nextSequence(): number {
    return this.#sequence
  }

  /** Estimated memory in bytes. */
  get memory(): number {
    return this.#memory
  }

  /** Entries, earliest arrival first. */
  entries(): Iterable<PoolEntry> {
    return this.#byKey.values()
  }

  get(key: string): PoolEntry | undefined {
    return this.#byKey.get(key)
  }

  getByWitness(witnessKey: string): PoolEntry | undefined {
    return this.#byWitnessKey.get(witnessKey)
  }

  spenderOf(outpoint: Uint8Array): PoolEntry | undefined {
    return this.#spenders.get(outpointKey(outpoint))
  }

  /** The output that an outpoint names, when its transaction is in the pool and has as many outputs. */
  outputOf(outpoint: Uint8Array, index: number): TxOutput | undefined {
    return this.#byKey.get(hashKey(outpoint))?.transaction.outputs[index]
  }

  parentsOf(transaction: Transaction): Set<PoolEntry> {
    const parents = new Set<PoolEntry>()
    for (const input of transaction.inputs) {
      const parent = this.#byKey.get(hashKey(input.outpoint))
      if (parent !== undefined) parents.add(parent)
    }
    return parents
  }

  /** Adds a transaction that conflicts with none in the pool; while counting is suspended it may have children there already. */
  add(facts: EntryFacts): PoolEntry {
    const entry = new PoolEntry(facts, this.#sequence++, this.feeDeltaOf(hashKey(facts.transaction.txid)))
    this.#byKey.set(entry.key, entry)
    this.#byWitnessKey.set(entry.witnessKey, entry)
    for (const input of entry.transaction.inputs) this.#spenders.set(outpointKey(input.outpoint), entry)
    this.#memory += entry.memory
    for (const parent of this.parentsOf(entry.transaction)) link(parent, entry)
    for (const child of this.#childrenOf(entry)) link(entry, child)
    if (this.#isCounting) addToSums(entry)
    return entry
  }

  /** Sats to be added to the fee of a transaction, in the pool or not, when it is weighed against others. */
  feeDeltaOf(key: string): number {
    return this.#feeDeltas.get(key) ?? 0
  }

  feeDeltas(): Iterable<[key: string, sats: number]> {
    return this.#feeDeltas
  }

  /** Adds to the delta of a transaction; one that becomes 0 is forgotten. [Core PrioritiseTransaction] */
  prioritise(key: string, sats: number): void {
    const delta = this.feeDeltaOf(key) + sats
    if (delta === 0) this.#feeDeltas.delete(key)
    else this.#feeDeltas.set(key, delta)
    const entry = this.#byKey.get(key)
    if (entry === undefined) return
    entry.modifiedFee += sats
    entry.ancestorFees += sats
    entry.descendantFees += sats
    for (const ancestor of ancestorsOf(entry.parents)) ancestor.descendantFees += sats
    for (const descendant of withDescendants(entry.children)) descendant.ancestorFees += sats
  }

  /** The transaction is confirmed: it needs no delta any more. */
  forgetFeeDelta(key: string): void {
    this.#feeDeltas.delete(key)
  }

  /**
   * The sums of families are not kept from now on until `recount`: what returns with a reorganisation may form a family
   * of thousands, most of which leaves again, and is counted once at the end.
   */
  suspendCounting(): void {
    this.#isCounting = false
  }

  /** Counts the sums of all families and keeps them from now on. */
  recount(): void {
    this.#isCounting = true
    for (const entry of this.entries()) entry.resetSums()
    for (const entry of this.entries()) addToSums(entry)
  }

  /** Removes entries; those that spend them stay, as when a block has confirmed them. */
  remove(leaving: ReadonlySet<PoolEntry>): void {
    if (this.#isCounting) for (const entry of leaving) takeFromSums(entry)
    for (const entry of leaving) {
      for (const parent of entry.parents) parent.children.delete(entry)
      for (const child of entry.children) child.parents.delete(entry)
      this.#byKey.delete(entry.key)
      this.#byWitnessKey.delete(entry.witnessKey)
      for (const input of entry.transaction.inputs) this.#spenders.delete(outpointKey(input.outpoint))
      this.#memory -= entry.memory
    }
  }

  /** Removes entries and all that spend them; returns everything that left. */
  removeWithDescendants(entries: Iterable<PoolEntry>): Set<PoolEntry> {
    const leaving = withDescendants(entries)
    this.remove(leaving)
    this.#sequence += leaving.size
    return leaving
  }

  #childrenOf(entry: PoolEntry): Set<PoolEntry> {
    const children = new Set<PoolEntry>()
    const { txid, outputs } = entry.transaction
    const outpoint = new Uint8Array(36)
    outpoint.set(txid)
    const view = new DataView(outpoint.buffer)
    for (let index = 0; index < outputs.length; index++) {
      view.setUint32(32, index, true)
      const child = this.spenderOf(outpoint)
      if (child !== undefined) children.add(child)
    }
    return children
  }
}

function link(parent: PoolEntry, child: PoolEntry): void {
  parent.children.add(child)
  child.parents.add(parent)
}

/** The ancestor sums of an entry, and its share in the descendant sums of its ancestors. */
function addToSums(entry: PoolEntry): void {
  for (const ancestor of ancestorsOf(entry.parents)) {
    entry.ancestors++
    entry.ancestorVsize += ancestor.vsize
    entry.ancestorFees += ancestor.modifiedFee
    ancestor.descendants++
    ancestor.descendantVsize += entry.vsize
    ancestor.descendantFees += entry.modifiedFee
  }
}

function takeFromSums(entry: PoolEntry): void {
  for (const ancestor of ancestorsOf(entry.parents)) {
    ancestor.descendants--
    ancestor.descendantVsize -= entry.vsize
    ancestor.descendantFees -= entry.modifiedFee
  }
  for (const descendant of withDescendants(entry.children)) {
    descendant.ancestors--
    descendant.ancestorVsize -= entry.vsize
    descendant.ancestorFees -= entry.modifiedFee
  }
}
