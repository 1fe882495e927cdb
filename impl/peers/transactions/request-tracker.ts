import { PriorityQueue } from '../../collections/index.ts'
import type { Peer } from '../peer.ts'

/** A transaction by its id, or by its id with witness. */
export interface Wanted {
  readonly key: string
  readonly hash: Uint8Array
  readonly byWitness: boolean
}

/** When a peer may be asked for what it announced, and before whom. */
export interface Turn {
  /** Milliseconds of Unix time. */
  readonly readyAt: number
  readonly isPreferred: boolean
  /** A number in [0, 1): the highest is asked first. */
  readonly rank: number
}

interface Candidate extends Turn {
  readonly peer: Peer
}

interface Entry {
  readonly wanted: Wanted
  readonly candidates: Candidate[]
  asked: { readonly peer: Peer; readonly until: number } | undefined
  /** Peers that had their turn: they are not asked again while others are left. */
  readonly done: Set<Peer>
  dueAt: number
}

/** When the entry of a key has something to do; of equal times the first queued comes first. */
interface Due {
  readonly at: number
  readonly key: string
  readonly order: number
}

function isEarlier(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

interface Load {
  readonly keys: Set<string>
  asked: number
}

/**
 * Who announced which transaction, and who was asked: one peer at a time, those we chose to connect to first, by lot
 * among equals. A peer that does not answer in time loses its turn, and every peer has but one. [Core TxRequestTracker]
 */
export class RequestTracker {
  readonly #requestMs: number
  readonly #entries = new Map<string, Entry>()
  readonly #loads = new Map<Peer, Load>()
  readonly #queue = new PriorityQueue<Due>(isEarlier)
  #queued = 0

  /** `requestMs`: after it another peer is asked. */
  constructor(requestMs: number) {
    this.#requestMs = requestMs
  }

  /** Transactions that are kept in mind on behalf of a peer. */
  countOf(peer: Peer): number {
    return this.#loads.get(peer)?.keys.size ?? 0
  }

  /** Requests that wait for a peer's answer. */
  askedOf(peer: Peer): number {
    return this.#loads.get(peer)?.asked ?? 0
  }

  /** Peers that announced it and have not had their turn. */
  announcersOf(key: string): Peer[] {
    const entry = this.#entries.get(key)
    if (entry === undefined) return []
    const peers = entry.candidates.map(({ peer }) => peer)
    return entry.asked === undefined ? peers : [entry.asked.peer, ...peers]
  }

  /** Notes an announcement; a second one of the same peer changes nothing. */
  announce(peer: Peer, wanted: Wanted, turn: Turn): void {
    let entry = this.#entries.get(wanted.key)
    if (entry === undefined) {
      entry = { wanted, candidates: [], asked: undefined, done: new Set(), dueAt: Number.POSITIVE_INFINITY }
      this.#entries.set(wanted.key, entry)
    } else if (this.#loads.get(peer)?.keys.has(wanted.key) === true) return
    this.#load(peer).keys.add(wanted.key)
    entry.candidates.push({ peer, ...turn })
    this.#expect(entry)
  }

  /** Whom to ask for what now; they count as asked. */
  due(now: number): Map<Peer, Wanted[]> {
    const due = new Map<Peer, Wanted[]>()
    while (this.nextAt <= now) {
      const entry = this.#entries.get(this.#queue.first!.key)!
      this.#queue.pop()
      entry.dueAt = Number.POSITIVE_INFINITY
      if (entry.asked !== undefined && now >= entry.asked.until) this.#endRequest(entry)
      const best = entry.asked === undefined ? bestOf(entry, now) : undefined
      if (best !== undefined) {
        entry.candidates.splice(entry.candidates.indexOf(best), 1)
        entry.asked = { peer: best.peer, until: now + this.#requestMs }
        this.#load(best.peer).asked++
        const wanted = due.get(best.peer)
        if (wanted === undefined) due.set(best.peer, [entry.wanted])
        else wanted.push(entry.wanted)
      }
      this.#settle(entry)
    }
    return due
  }

  /** The peer answered, or said that it has no such transaction. */
  answered(peer: Peer, key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    if (entry.asked?.peer === peer) this.#endRequest(entry)
    else if (dropCandidate(entry, peer)) entry.done.add(peer)
    this.#settle(entry)
  }

  /** Nobody needs to be asked for this any more. */
  forget(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    if (entry.asked !== undefined) this.#endRequest(entry)
    for (const { peer } of entry.candidates) this.#load(peer).keys.delete(key)
    for (const peer of entry.done) this.#load(peer).keys.delete(key)
    this.#entries.delete(key)
  }

  forgetPeer(peer: Peer): void {
    for (const key of [...(this.#loads.get(peer)?.keys ?? [])]) {
      this.answered(peer, key)
      const entry = this.#entries.get(key)
      entry?.done.delete(peer)
    }
    this.#loads.delete(peer)
  }

  /** When `due` has something to return at the earliest. */
  get nextAt(): number {
    for (;;) {
      const { first } = this.#queue
      if (first === undefined) return Number.POSITIVE_INFINITY
      if (this.#entries.get(first.key)?.dueAt === first.at) return first.at
      this.#queue.pop()
    }
  }

  #load(peer: Peer): Load {
    let load = this.#loads.get(peer)
    if (load === undefined) {
      load = { keys: new Set(), asked: 0 }
      this.#loads.set(peer, load)
    }
    return load
  }

  #endRequest(entry: Entry): void {
    const { peer } = entry.asked!
    this.#load(peer).asked--
    entry.asked = undefined
    entry.done.add(peer)
  }

  /** After all have had their turn it is forgotten; otherwise the next turn is awaited. */
  #settle(entry: Entry): void {
    if (entry.asked === undefined && entry.candidates.length === 0) this.forget(entry.wanted.key)
    else this.#expect(entry)
  }

  #expect(entry: Entry): void {
    let at = Number.POSITIVE_INFINITY
    if (entry.asked !== undefined) at = entry.asked.until
    else for (const { readyAt } of entry.candidates) at = Math.min(at, readyAt)
    if (at === entry.dueAt) return
    entry.dueAt = at
    this.#queue.push({ at, key: entry.wanted.key, order: this.#queued++ })
  }
}

function dropCandidate({ candidates }: Entry, peer: Peer): boolean {
  const index = candidates.findIndex((candidate) => candidate.peer === peer)
  if (index < 0) return false
  candidates.splice(index, 1)
  return true
}

/** Of those who are ready a preferred one before others, then the highest rank. */
function bestOf({ candidates }: Entry, now: number): Candidate | undefined {
  let best: Candidate | undefined
  for (const candidate of candidates) {
    if (candidate.readyAt > now) continue
    if (best === undefined || isBefore(candidate, best)) best = candidate
  }
  return best
}

function isBefore(a: Candidate, b: Candidate): boolean {
  return a.isPreferred === b.isPreferred ? a.rank > b.rank : a.isPreferred
}
