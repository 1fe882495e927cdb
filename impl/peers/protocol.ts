import type { ByteReader } from '../wire/index.ts'
import type { PeerContext } from './context.ts'
import type { Peer } from './peer.ts'

/** Processes one message. May throw DecodeError. */
export type Handler = (context: PeerContext, peer: Peer, reader: ByteReader) => void

/** One part of the peer-to-peer protocol: the messages it answers, its timers, and what it forgets with a peer. */
export interface Protocol {
  /** By command; no two protocols handle the same one. */
  readonly handlers?: Readonly<Record<string, Handler>>
  /** Does what is due by the clock and concerns no single peer; all protocols come before any `tickPeer`. */
  tick?(context: PeerContext): void
  /** Does what is due by the clock for one peer. */
  tickPeer?(context: PeerContext, peer: Peer): void
  /** When `tick` next has something to do, in milliseconds of Unix time; infinity for never. */
  nextAt?(context: PeerContext): number
  /** When `tickPeer` next has something to do. */
  nextAtPeer?(context: PeerContext, peer: Peer): number
  /** The peer is gone and no longer among `context.peers`. */
  forget?(context: PeerContext, peer: Peer): void
}

/** Several protocols as one, each asked in the order given. */
export class ProtocolStack {
  readonly #protocols: readonly Protocol[]
  readonly #handlers = new Map<string, Handler>()

  constructor(protocols: readonly Protocol[]) {
    this.#protocols = protocols
    for (const { handlers = {} } of protocols)
      for (const [command, handler] of Object.entries(handlers)) {
        if (this.#handlers.has(command)) throw new Error(`two protocols handle ${command}`)
        this.#handlers.set(command, handler)
      }
  }

  /** Undefined for a message that no protocol handles: it is ignored. */
  handlerOf(command: string): Handler | undefined {
    return this.#handlers.get(command)
  }

  tick(context: PeerContext): void {
    for (const protocol of this.#protocols) protocol.tick?.(context)
    for (const peer of context.peers.values())
      for (const protocol of this.#protocols) protocol.tickPeer?.(context, peer)
  }

  /** When `tick` next has something to do, in milliseconds of Unix time; infinity for never. */
  nextAt(context: PeerContext): number {
    let next = Number.POSITIVE_INFINITY
    for (const protocol of this.#protocols) {
      next = Math.min(next, protocol.nextAt?.(context) ?? next)
      for (const peer of context.peers.values())
        next = Math.min(next, protocol.nextAtPeer?.(context, peer) ?? next)
    }
    return next
  }

  forget(context: PeerContext, peer: Peer): void {
    for (const protocol of this.#protocols) protocol.forget?.(context, peer)
  }
}
