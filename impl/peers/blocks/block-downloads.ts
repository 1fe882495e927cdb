import type { Peer } from '../peer.ts'
import type { BlockRequest } from './peer-blocks.ts'

/** Which blocks are on their way from whom. A block may be asked from several peers. */
export class BlockDownloads {
  readonly #peersOf = new Map<string, Set<Peer>>()

  /** Blocks on their way. */
  get size(): number {
    return this.#peersOf.size
  }

  isInFlight(key: string): boolean {
    return this.#peersOf.has(key)
  }

  peersOf(key: string): ReadonlySet<Peer> {
    return this.#peersOf.get(key) ?? NOBODY
  }

  add(peer: Peer, request: BlockRequest): void {
    if (peer.blocks.inFlight.size === 0) peer.blocks.downloadingSince = request.requestedAt
    peer.blocks.inFlight.set(request.key, request)
    const peers = this.#peersOf.get(request.key)
    if (peers === undefined) this.#peersOf.set(request.key, new Set([peer]))
    else peers.add(peer)
  }

  /** The peer no longer owes the block; true when it did. */
  remove(peer: Peer, key: string, now: number): boolean {
    const requests = peer.blocks.inFlight
    if (!requests.has(key)) return false
    const [first] = requests.keys()
    if (first === key) peer.blocks.downloadingSince = now
    requests.delete(key)
    peer.blocks.stallingSince = 0
    const peers = this.#peersOf.get(key)!
    peers.delete(peer)
    if (peers.size === 0) this.#peersOf.delete(key)
    return true
  }

  /** Nobody owes the block any more: it has come. */
  removeFromAll(key: string, now: number): void {
    for (const peer of [...this.peersOf(key)]) this.remove(peer, key, now)
  }

  /** Peers that owe something. */
  peersAtWork(peers: Iterable<Peer>): number {
    let count = 0
    for (const peer of peers) if (peer.blocks.inFlight.size > 0) count++
    return count
  }
}

const NOBODY: ReadonlySet<Peer> = new Set()
