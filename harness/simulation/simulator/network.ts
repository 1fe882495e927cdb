import type { Host } from './host.ts'
import {
  type Connection,
  createConnection,
  createLink,
  type Link,
  type LinkState,
  otherSide,
  type Side,
} from './link.ts'
import { type PassageWorld, reportCongestion, SEND_BUFFER_BYTES, transmit } from './passage.ts'

/** What the network needs of the simulation around it. */
export interface NetworkWorld extends PassageWorld {
  /** Calls back at this time. */
  later(at: number, action: () => void): void
}

/** Ms after which a node that was hung up on calls again. */
const REDIAL_MS = 5_000

/** Links, and the connections over them. What becomes of each message is decided in `passage.ts`. */
export class Network {
  readonly #world: NetworkWorld
  readonly #links: Link[] = []
  readonly #routes = new Map<number, { readonly connection: Connection; readonly side: Side }>()
  #nextPeer = 1
  #soundSince: number | undefined = 0

  constructor(world: NetworkWorld) {
    this.#world = world
  }

  /** Since when every link is up and nothing has been lost; undefined while something is amiss. */
  get soundSince(): number | undefined {
    return this.#soundSince
  }

  /** A number for a connection that is not between two hosts. */
  takePeerNumber(): number {
    return this.#nextPeer++
  }

  addLink(first: Host, second: Host, latencyMs: number): void {
    this.#links.push(createLink(first, second, latencyMs))
  }

  /** Opens every connection that can be open and is not. */
  connectAll(): void {
    for (const link of this.#links) this.#connect(link)
  }

  /** The host at the other end of a connection, by the peer number that this host knows it by. */
  hostBehind(peer: number): Host | undefined {
    const route = this.#routes.get(peer)
    return route?.connection.link.ends[otherSide(route.side)]
  }

  /** The running hosts that news from this one can come to, over links that are all there is; the silent pass nothing on. */
  reachable(from: Host, silent: ReadonlySet<Host> = new Set()): ReadonlySet<Host> {
    const reached = new Set([from])
    for (const host of reached)
      for (const { ends } of this.#links)
        if (ends.includes(host) && !silent.has(host))
          for (const end of ends) if (end.running) reached.add(end)
    return reached
  }

  send(peer: number, bytes: Uint8Array): void {
    const route = this.#routes.get(peer)
    if (route?.connection.open) this.#transmit(route.connection, route.side, bytes)
  }

  /** One end hangs up; the other learns of it, and the end that opened the connection calls again later. */
  hangUp(peer: number): void {
    const route = this.#routes.get(peer)
    if (route === undefined || !route.connection.open) return
    const { connection, side } = route
    this.#close(connection)
    this.#notifyClosed(connection, otherSide(side), connection.link.latencyMs)
    this.#redial(connection.link)
  }

  hostDown(host: Host): void {
    for (const link of this.#links) {
      const { connection } = link
      if (connection === undefined || !link.ends.includes(host)) continue
      this.#close(connection)
      this.#notifyClosed(connection, link.ends[0] === host ? 1 : 0, link.latencyMs)
    }
  }

  hostUp(host: Host): void {
    for (const link of this.#links) if (link.ends.includes(host)) this.#connect(link)
  }

  /** Sets one link, or only its direction from the first to the second host. */
  setLink(first: Host, second: Host, state: LinkState, oneWay: boolean): void {
    for (const link of this.#links) {
      if (!link.ends.includes(first) || !link.ends.includes(second)) continue
      const side: Side = link.ends[0] === first ? 0 : 1
      link.states[side] = state
      if (!oneWay) link.states[otherSide(side)] = state
      if (state !== 'up') this.#soundSince = undefined
      this.#settleLink(link)
    }
  }

  /** Only hosts that share a group hear each other; a host in no group hears nobody. */
  partition(groups: readonly (readonly Host[])[]): void {
    this.#soundSince = undefined
    for (const link of this.#links) {
      const [first, second] = link.ends
      const together = groups.some((group) => group.includes(first) && group.includes(second))
      link.states.fill(together ? 'up' : 'down')
      this.#settleLink(link)
    }
  }

  /** All links up; connections on which something was lost are reopened. */
  heal(): void {
    for (const link of this.#links) {
      link.states.fill('up')
      if (link.connection?.damaged) this.#drop(link.connection)
      this.#settleLink(link)
    }
    this.#soundSince ??= this.#world.now()
  }

  /** After a change of state: what was held goes out, what cannot stay open closes, what can be open opens. */
  #settleLink(link: Link): void {
    if (link.states[0] === 'down' && link.states[1] === 'down' && link.connection !== undefined)
      this.#drop(link.connection)
    const held = link.held
    link.held = []
    link.heldBytes = [0, 0]
    for (const message of held)
      if (message.connection.open) this.#transmit(message.connection, message.side, message.bytes)
    if (link.connection !== undefined) this.#relieve(link, link.connection)
    this.#connect(link)
  }

  /** Senders learn that their buffers have drained. */
  #relieve(link: Link, connection: Connection): void {
    for (const side of [0, 1] as const) {
      if (!link.congested[side] || link.heldBytes[side] > SEND_BUFFER_BYTES) continue
      link.congested[side] = false
      reportCongestion(this.#world, connection, side, false)
    }
  }

  #connect(link: Link): void {
    const [first, second] = link.ends
    if (link.connection !== undefined || !first.running || !second.running) return
    if (link.states[0] !== 'up' || link.states[1] !== 'up') return
    const connection = createConnection(link, this.#nextPeer)
    this.#nextPeer += 2
    link.connection = connection
    const now = this.#world.now()
    for (const side of [0, 1] as const) {
      const peer = connection.peers[side]
      this.#routes.set(peer, { connection, side })
      const host = link.ends[side]
      const address = link.ends[otherSide(side)].name
      const trust = host.trusts.has(address) ? { trusted: true } : {}
      const event = { kind: 'connected', peer, inbound: side === 1, address, ...trust } as const
      this.#world.deliver(host, now, event, connection)
    }
  }

  #redial(link: Link): void {
    this.#world.later(this.#world.now() + REDIAL_MS, () => this.#connect(link))
  }

  /** Both ends learn at once that the connection is gone. */
  #drop(connection: Connection): void {
    this.#close(connection)
    this.#notifyClosed(connection, 0, 0)
    this.#notifyClosed(connection, 1, 0)
  }

  #close(connection: Connection): void {
    connection.open = false
    connection.link.connection = undefined
    connection.link.congested = [false, false]
  }

  #notifyClosed(connection: Connection, side: Side, afterMs: number): void {
    const peer = connection.peers[side]
    this.#world.deliver(connection.link.ends[side], this.#world.now() + afterMs, {
      kind: 'disconnected',
      peer,
    })
  }

  #transmit(connection: Connection, side: Side, bytes: Uint8Array): void {
    transmit(this.#world, connection, side, bytes)
    if (connection.damaged) this.#soundSince = undefined
  }
}
