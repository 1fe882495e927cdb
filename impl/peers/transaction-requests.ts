import type { Peer } from './peer.ts'

/** Announcements that one peer may have waiting. [Core MAX_PEER_TX_ANNOUNCEMENTS] */
const ANNOUNCEMENTS_MAX = 5000
/** From so many requests on a peer counts as busy. [Core MAX_PEER_TX_REQUEST_IN_FLIGHT] */
const BUSY_REQUESTS = 100

/** A transaction by its id, or by its id with witness. */
export interface Wanted {
  readonly key: string
  readonly hash: Uint8Array
  readonly byWitness: boolean
}

interface Candidate {
  readonly peer: Peer
  readonly readyAt: number
}

interface Entry {
  readonly wanted: Wanted
  readonly candidates: Candidate[]
  asked: { readonly peer: Peer; readonly until: number } | undefined
}

/**
 * Who announced which transaction, and who was asked: one peer at a time, those we chose to connect to first.
 * A peer that does not answer in time loses its turn. [Core TxRequestTracker]
 */
export class TransactionRequests {
  readonly #delayMs: number
  readonly #requestMs: number
  readonly #entries = new Map<string, Entry>()
  readonly #loads = new Map<Peer, { announced: number; asked: number }>()
  #nextAt = Number.POSITIVE_INFINITY

  constructor(delayMs: number, requestMs: number) {
    this.#delayMs = delayMs
    this.#requestMs = requestMs
  }

  /** Notes an announcement; too many of one peer are ignored. */
  announce(peer: Peer, wanted: Wanted, now: number): void {
    const load = this.#load(peer)
    if (load.announced >= ANNOUNCEMENTS_MAX) return
    let entry = this.#entries.get(wanted.key)
    if (entry === undefined) {
      entry = { wanted, candidates: [], asked: undefined }
      this.#entries.set(wanted.key, entry)
    } else if (entry.asked?.peer === peer || entry.candidates.some((candidate) => candidate.peer === peer))
      return
    load.announced++
    const delay = (peer.inbound ? this.#delayMs : 0) + (load.asked >= BUSY_REQUESTS ? this.#delayMs : 0)
    entry.candidates.push({ peer, readyAt: now + delay })
    this.#expect(entry)
  }

  /** Whom to ask for what now; they count as asked. */
  due(now: number): Map<Peer, Wanted[]> {
    const due = new Map<Peer, Wanted[]>()
    if (now < this.#nextAt) return due
    this.#nextAt = Number.POSITIVE_INFINITY
    for (const entry of this.#entries.values()) {
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
      this.#dropIfIdle(entry)
      this.#expect(entry)
    }
    return due
  }

  /** The peer answered, or said that it has no such transaction. */
  answered(peer: Peer, key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    if (entry.asked?.peer === peer) this.#endRequest(entry)
    else this.#dropCandidate(entry, peer)
    this.#dropIfIdle(entry)
    this.#expect(entry)
  }

  /** Nobody needs to be asked for this any more. */
  forget(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    if (entry.asked !== undefined) this.#endRequest(entry)
    for (const { peer } of entry.candidates) this.#load(peer).announced--
    this.#entries.delete(key)
  }

  forgetPeer(peer: Peer): void {
    if (!this.#loads.has(peer)) return
    for (const entry of [...this.#entries.values()]) this.answered(peer, entry.wanted.key)
    this.#loads.delete(peer)
  }

  /** When `due` has something to tell at the earliest. */
  get nextAt(): number {
    return this.#nextAt
  }

  get size(): number {
    return this.#entries.size
  }

  #load(peer: Peer): { announced: number; asked: number } {
    let load = this.#loads.get(peer)
    if (load === undefined) {
      load = { announced: 0, asked: 0 }
      this.#loads.set(peer, load)
    }
    return load
  }

  #expect({ asked, candidates }: Entry): void {
    if (asked !== undefined) this.#nextAt = Math.min(this.#nextAt, asked.until)
    else for (const { readyAt } of candidates) this.#nextAt = Math.min(this.#nextAt, readyAt)
  }

  #endRequest(entry: Entry): void {
    const load = this.#load(entry.asked!.peer)
    load.asked--
    load.announced--
    entry.asked = undefined
  }

  #dropCandidate(entry: Entry, peer: Peer): void {
    const index = entry.candidates.findIndex((candidate) => candidate.peer === peer)
    if (index < 0) return
    entry.candidates.splice(index, 1)
    this.#load(peer).announced--
  }

  #dropIfIdle(entry: Entry): void {
    if (entry.asked === undefined && entry.candidates.length === 0) this.#entries.delete(entry.wanted.key)
  }
}

/** The first ready candidate, one that we connected to before others. */
function bestOf({ candidates }: Entry, now: number): Candidate | undefined {
  let best: Candidate | undefined
  for (const candidate of candidates)
    if (candidate.readyAt <= now && (best === undefined || (best.peer.inbound && !candidate.peer.inbound)))
      best = candidate
  return best
}
