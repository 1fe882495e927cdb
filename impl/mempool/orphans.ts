import type { Transaction } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'
import { outpointKey } from './pool.ts'

/** A peer's number, as the node knows it. */
type Announcer = number

/** How much of the unknown each peer may make the node keep. [Core TxOrphanage: reserved usage and latency score] */
export interface OrphanLimits {
  /** Weight units of orphans that a peer is answerable for before its oldest may go. */
  readonly weightPerPeerMax: number
  /** Announcements of orphans, all peers together. */
  readonly announcementsMax: number
}

const ORPHAN_LIMITS: OrphanLimits = { weightPerPeerMax: 404_000, announcementsMax: 3000 }

interface Orphan {
  readonly transaction: Transaction
  readonly witnessKey: string
  /** Peers that sent or announced it, first one first. */
  readonly announcers: Set<Announcer>
}

/** What one peer is answerable for. */
interface Usage {
  readonly orphans: Set<Orphan>
  weight: number
}

/**
 * Transactions whose parents are unknown. Every peer pays for what it brought from a budget of its own, so that one
 * peer's flood does not push out another's orphans.
 */
export class Orphanage {
  readonly #limits: OrphanLimits
  readonly #orphans = new Map<string, Orphan>()
  readonly #byOutpoint = new Map<string, Set<Orphan>>()
  readonly #usage = new Map<Announcer, Usage>()
  #announcements = 0

  constructor(limits: OrphanLimits = ORPHAN_LIMITS) {
    this.#limits = limits
  }

  get size(): number {
    return this.#orphans.size
  }

  /** All of them, each with the numbers of the peers that sent it, oldest first. */
  *all(): Generator<{ readonly transaction: Transaction; readonly peers: ReadonlySet<Announcer> }> {
    for (const { transaction, announcers } of this.#orphans.values()) yield { transaction, peers: announcers }
  }

  has(witnessKey: string): boolean {
    return this.#orphans.has(witnessKey)
  }

  get(witnessKey: string): Transaction | undefined {
    return this.#orphans.get(witnessKey)?.transaction
  }

  /** Whether this peer is among those that sent or announced it. */
  isFrom(witnessKey: string, peer: Announcer): boolean {
    return this.#orphans.get(witnessKey)?.announcers.has(peer) === true
  }

  /** Keeps an orphan on behalf of a peer; makes room at the cost of the peer that uses most. */
  add(transaction: Transaction, peer: Announcer): void {
    const witnessKey = hashKey(transaction.wtxid)
    const orphan = this.#orphans.get(witnessKey) ?? this.#insert(transaction, witnessKey)
    if (orphan.announcers.has(peer)) return
    orphan.announcers.add(peer)
    this.#announcements++
    let usage = this.#usage.get(peer)
    if (usage === undefined) {
      usage = { orphans: new Set(), weight: 0 }
      this.#usage.set(peer, usage)
    }
    usage.orphans.add(orphan)
    usage.weight += orphan.transaction.weight
    this.#makeRoom()
  }

  /** Orphans that spend an output of this transaction, in order of arrival, each with a peer that brought it. */
  childrenOf(transaction: Transaction): { transaction: Transaction; peer: Announcer }[] {
    const found = new Set<Orphan>()
    const outpoint = new Uint8Array(36)
    outpoint.set(transaction.txid)
    const view = new DataView(outpoint.buffer)
    for (let index = 0; index < transaction.outputs.length; index++) {
      view.setUint32(32, index, true)
      for (const orphan of this.#byOutpoint.get(outpointKey(outpoint)) ?? []) found.add(orphan)
    }
    return [...found].map(({ transaction, announcers }) => ({ transaction, peer: [...announcers][0]! }))
  }

  remove(witnessKey: string): void {
    const orphan = this.#orphans.get(witnessKey)
    if (orphan === undefined) return
    this.#orphans.delete(witnessKey)
    this.#announcements -= orphan.announcers.size
    for (const peer of orphan.announcers) this.#discharge(peer, orphan)
    for (const { outpoint } of orphan.transaction.inputs) {
      const key = outpointKey(outpoint)
      const spenders = this.#byOutpoint.get(key)
      spenders?.delete(orphan)
      if (spenders?.size === 0) this.#byOutpoint.delete(key)
    }
  }

  /** A peer is gone: what no other peer announced goes with it. */
  forgetPeer(peer: Announcer): void {
    for (const orphan of [...(this.#usage.get(peer)?.orphans ?? [])]) this.#release(orphan, peer)
    this.#usage.delete(peer)
  }

  /** A block confirmed these transactions: they and whatever spends the same coins are no orphans any more. How many left. */
  removeForBlock(transactions: readonly Transaction[]): number {
    const before = this.#orphans.size
    if (before === 0) return 0
    for (const { inputs } of transactions)
      for (const { outpoint } of inputs)
        for (const orphan of [...(this.#byOutpoint.get(outpointKey(outpoint)) ?? [])])
          this.remove(orphan.witnessKey)
    return before - this.#orphans.size
  }

  #insert(transaction: Transaction, witnessKey: string): Orphan {
    const orphan: Orphan = { transaction, witnessKey, announcers: new Set() }
    this.#orphans.set(witnessKey, orphan)
    for (const { outpoint } of transaction.inputs) {
      const key = outpointKey(outpoint)
      const spenders = this.#byOutpoint.get(key)
      if (spenders === undefined) this.#byOutpoint.set(key, new Set([orphan]))
      else spenders.add(orphan)
    }
    return orphan
  }

  /** One peer no longer pays for an orphan; when none does, it goes. */
  #release(orphan: Orphan, peer: Announcer): void {
    if (orphan.announcers.size === 1) {
      this.remove(orphan.witnessKey)
      return
    }
    orphan.announcers.delete(peer)
    this.#announcements--
    this.#discharge(peer, orphan)
  }

  #discharge(peer: Announcer, orphan: Orphan): void {
    const usage = this.#usage.get(peer)
    if (usage?.orphans.delete(orphan) === true) usage.weight -= orphan.transaction.weight
  }

  /** While a peer is over its budget or all are over theirs, the oldest announcement of the greatest user goes. */
  #makeRoom(): void {
    for (;;) {
      let [peer, usage] = this.#greatestUser(({ weight }) => weight)
      if (usage.weight <= this.#limits.weightPerPeerMax) {
        if (this.#announcements <= this.#limits.announcementsMax) return
        ;[peer, usage] = this.#greatestUser(({ orphans }) => orphans.size)
      }
      const [oldest] = usage.orphans
      this.#release(oldest!, peer)
    }
  }

  #greatestUser(measure: (usage: Usage) => number): [Announcer, Usage] {
    let greatest: [Announcer, Usage] | undefined
    for (const user of this.#usage)
      if (greatest === undefined || measure(user[1]) > measure(greatest[1])) greatest = user
    return greatest!
  }
}
