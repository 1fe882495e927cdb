import { ownServices } from './connection/handshake.ts'
import { sendPing } from './connection/keep-alive.ts'
import type { Peer } from './peer.ts'
import type { SharedContext } from './shared-context.ts'
import { announceTransaction } from './transactions/trickle.ts'
import type { Unbroadcast } from './transactions/unbroadcast.ts'

/** What an operator may ask of the network. */
export class NetworkView {
  readonly #context: SharedContext

  constructor(context: SharedContext) {
    this.#context = context
  }

  get peerCount(): number {
    return this.#context.peers.size
  }

  peers(): Iterable<Peer> {
    return this.#context.peers.values()
  }

  /** The node is far behind the present; `now` in milliseconds. [Core IsInitialBlockDownload] */
  isCatchingUp(now: number): boolean {
    this.#context.now = now
    return this.#context.isCatchingUp()
  }

  /** What this node offers, as its version message says. */
  get services(): bigint {
    return ownServices(this.#context.options)
  }

  get relaysTransactions(): boolean {
    return this.#context.options.relayTransactions
  }

  orphans(): ReturnType<SharedContext['orphans']['all']> {
    return this.#context.orphans.all()
  }

  /** Transactions of ours that no peer has fetched yet. */
  get unbroadcast(): Pick<Unbroadcast, 'has' | 'size'> {
    return this.#context.unbroadcast
  }

  /** Announces a transaction of the pool, by its key, to every peer that has not heard of it; `now` in milliseconds. */
  announce(key: string, now: number): void {
    this.#context.now = now
    const entry = this.#context.pool.get(key)
    if (entry !== undefined) announceTransaction(this.#context, entry)
  }

  /** A transaction that was in the pool before a restart was fetched by nobody then; `now` in milliseconds. */
  noteUnbroadcast(key: string, now: number): void {
    this.#context.unbroadcast.add(key, now, this.#context.entropy())
  }

  /** Pings every peer, whenever it was pinged last; `now` in milliseconds. */
  pingAll(now: number): void {
    this.#context.now = now
    for (const peer of this.peers()) if (peer.established) sendPing(this.#context, peer)
  }
}
