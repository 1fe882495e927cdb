import type { Host } from './host.ts'

/** `hold`: messages wait until the link is up again. `down`: they are lost. */
export type LinkState = 'up' | 'down' | 'hold'

export interface HeldMessage {
  readonly connection: Connection
  readonly side: Side
  readonly bytes: Uint8Array
}

/** Which end of a link or connection: 0 opened it, 1 was called. */
export type Side = 0 | 1

export const otherSide = (side: Side): Side => (side === 0 ? 1 : 0)

/** The wire between two machines, whether or not they are connected over it now. */
export interface Link {
  readonly ends: readonly [Host, Host]
  readonly latencyMs: number
  /** By sending side. */
  readonly states: [LinkState, LinkState]
  connection: Connection | undefined
  held: HeldMessage[]
  /** Bytes of what is held, by sending side. */
  heldBytes: [number, number]
  /** Whether the sender has learned that its send buffer is full, by sending side. */
  congested: [boolean, boolean]
  /** Messages ever sent, by sending side. */
  readonly sent: [number, number]
}

/** Two nodes that talk: each knows the other by a number never used again. */
export interface Connection {
  readonly link: Link
  readonly peers: readonly [number, number]
  open: boolean
  /** Something was lost on the way; it is reopened when the network heals. */
  damaged: boolean
  /** Last arrival by receiving side: what is sent later does not arrive earlier. */
  readonly lastArrival: [number, number]
}

export function createLink(first: Host, second: Host, latencyMs: number): Link {
  return {
    ends: [first, second],
    latencyMs,
    states: ['up', 'up'],
    connection: undefined,
    held: [],
    heldBytes: [0, 0],
    congested: [false, false],
    sent: [0, 0],
  }
}

export function createConnection(link: Link, firstPeer: number): Connection {
  return { link, peers: [firstPeer, firstPeer + 1], open: true, damaged: false, lastArrival: [0, 0] }
}
