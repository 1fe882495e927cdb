import type { ConnectionPurpose } from '../peers/index.ts'
import type { ConnectionFacts, ConnectionType, RpcConnections } from '../rpc/index.ts'
import type { BanList } from './ban-list.ts'
import { formatEndpoint, hostOf, parseEndpoint } from './endpoint.ts'
import type { LogEvent } from './log.ts'
import type { Connection, Dial } from './machine.ts'
import type { NodeDriver } from './node-driver.ts'
import type { Grant } from './permissions.ts'
import { isInSubnet } from './subnet.ts'

export interface ConnectionOptions {
  readonly dial: Dial
  readonly dialTimeoutMs: number
  /** Where an address names none. */
  readonly defaultPort: number
  readonly sendBytesMax: number
  readonly inboundMax: number
  readonly whitelist: readonly Grant[]
  readonly isActive: boolean
  readonly bans: BanList
  readonly log: (message: string, event?: LogEvent) => void
}

interface Peer {
  readonly id: number
  readonly connection: Connection
  readonly type: ConnectionType
  readonly permissions: readonly string[]
  readonly sentPerMessage: Record<string, number>
  sent: number
  received: number
  lastSend: number
  lastReceive: number
  isCongested: boolean
}

/** The sockets of all peers: bytes of theirs go to the node, and what it sends goes out, with back-pressure both ways. */
export class Connections implements RpcConnections {
  readonly added = new Set<string>()
  readonly totals = { sent: 0, received: 0 }
  isActive: boolean
  readonly bans: BanList
  readonly #options: ConnectionOptions
  readonly #driver: NodeDriver
  readonly #peers = new Map<number, Peer>()
  readonly #paused = new Set<Peer>()
  #nextId = 0

  constructor(driver: NodeDriver, options: ConnectionOptions) {
    this.#driver = driver
    this.#options = options
    this.isActive = options.isActive
    this.bans = options.bans
  }

  isTo(id: number, address: string): boolean {
    const endpoint = parseEndpoint(address, this.#options.defaultPort)
    const remote = this.#peers.get(id)?.connection.remote
    return endpoint !== undefined && remote === formatEndpoint(endpoint.host, endpoint.port)
  }

  ban(subnet: string, until: number | undefined): 'banned' | 'already' | 'invalid' {
    const outcome = this.bans.add(subnet, until)
    if (outcome === 'banned')
      for (const { id, connection } of [...this.#peers.values()])
        if (this.bans.isBanned(hostOf(connection.remote))) this.disconnect(id)
    return outcome
  }

  facts(id: number): ConnectionFacts | undefined {
    const peer = this.#peers.get(id)
    if (peer === undefined) return undefined
    const { connection, type, permissions, sentPerMessage } = peer
    return {
      address: connection.remote,
      localAddress: connection.local,
      type,
      permissions,
      lastSend: peer.lastSend,
      lastReceive: peer.lastReceive,
      bytesSent: peer.sent,
      bytesReceived: peer.received,
      sentPerMessage,
    }
  }

  /** Dials those nodes that are to be kept connected and are not. */
  dialMissing(): void {
    for (const address of this.added)
      if (![...this.#peers.keys()].some((id) => this.isTo(id, address))) void this.dial(address, 'manual')
  }

  dial(address: string, type: ConnectionType): Promise<void> {
    const endpoint = parseEndpoint(address, this.#options.defaultPort)
    if (endpoint === undefined || !this.isActive) return Promise.resolve()
    const { dial, dialTimeoutMs, log } = this.#options
    log(`trying v1 connection (${type}) to ${address}`)
    return new Promise((resolve) => {
      dial(endpoint.host, endpoint.port, dialTimeoutMs, (connection) => {
        if (connection !== undefined) this.#open(connection, type)
        else log(`connect to ${address} failed`)
        resolve()
      })
    })
  }

  /** Somebody came; `granted` belongs to where we listen. */
  accept(connection: Connection, granted: readonly string[]): void {
    let inbound = 0
    for (const { type } of this.#peers.values()) if (type === 'inbound') inbound++
    const trust = [...granted, ...this.#granted(connection.remote, true)]
    const isBanned = this.bans.isBanned(hostOf(connection.remote)) && !trust.includes('noban')
    const refusal = isBanned
      ? '(banned)'
      : !this.isActive
        ? ': not accepting new connections'
        : inbound >= this.#options.inboundMax
          ? ': full'
          : undefined
    if (refusal !== undefined) {
      this.#options.log(`connection from ${connection.remote} dropped ${refusal}`)
      connection.close()
      return
    }
    this.#open(connection, 'inbound', granted)
  }

  disconnect(id: number): void {
    if (this.#peers.has(id)) this.#forget(id)
    this.#driver.step({ kind: 'disconnected', peer: id })
  }

  send(id: number, frame: Uint8Array): void {
    const peer = this.#peers.get(id)
    if (peer === undefined) return
    peer.sent += frame.length
    this.totals.sent += frame.length
    peer.lastSend = Math.floor(this.#driver.now() / 1000)
    const command = commandOf(frame)
    peer.sentPerMessage[command] = (peer.sentPerMessage[command] ?? 0) + frame.length
    peer.connection.write(frame)
    if (peer.isCongested || peer.connection.queued <= this.#options.sendBytesMax) return
    peer.isCongested = true
    // Not within the step that sends.
    this.#congested.add(peer)
  }

  /** The node gave up a peer. */
  close(id: number): void {
    this.#forget(id)
  }

  /** After each step of the node: reports full buffers to it, and reads on from whom it has caught up with. */
  stepped(): void {
    for (const peer of this.#paused) {
      if (this.#driver.view.isReceivePaused(peer.id)) continue
      this.#paused.delete(peer)
      peer.connection.resume()
    }
    const congested = [...this.#congested]
    this.#congested.clear()
    for (const { id } of congested) this.#driver.step({ kind: 'congested', peer: id, isCongested: true })
  }

  closeAll(): void {
    for (const id of [...this.#peers.keys()]) this.#forget(id)
  }

  readonly #congested = new Set<Peer>()

  #open(connection: Connection, type: ConnectionType, granted: readonly string[] = []): void {
    const id = this.#nextId++
    const inbound = type === 'inbound'
    const permissions = [...new Set([...granted, ...this.#granted(connection.remote, inbound)])]
    const peer: Peer = {
      id,
      connection,
      type,
      permissions,
      sentPerMessage: {},
      sent: 0,
      received: 0,
      lastSend: 0,
      lastReceive: 0,
      isCongested: false,
    }
    this.#peers.set(id, peer)
    connection.listen({
      received: (bytes) => this.#received(peer, bytes),
      drained: () => this.#drained(peer),
      closed: () => this.#closed(peer),
    })
    const trusted = type === 'manual' || permissions.includes('noban')
    this.#options.log(`Added connection peer=${id}`, { event: 'peer-connected', peer: id, type })
    const purpose = PURPOSES[type] ?? 'everything'
    this.#driver.step({ kind: 'connected', peer: id, inbound, address: connection.remote, trusted, purpose })
  }

  #granted(remote: string, inbound: boolean): string[] {
    const host = hostOf(remote)
    return this.#options.whitelist
      .filter((grant) => (inbound ? grant.inbound : grant.outbound) && isInSubnet(host, grant.address))
      .flatMap(({ permissions }) => permissions)
  }

  #received(peer: Peer, bytes: Uint8Array): void {
    peer.received += bytes.length
    this.totals.received += bytes.length
    peer.lastReceive = Math.floor(this.#driver.now() / 1000)
    this.#driver.step({ kind: 'received', peer: peer.id, bytes })
    if (!this.#driver.view.isReceivePaused(peer.id)) return
    this.#paused.add(peer)
    peer.connection.pause()
  }

  #drained(peer: Peer): void {
    if (!peer.isCongested) return
    peer.isCongested = false
    this.#driver.step({ kind: 'congested', peer: peer.id, isCongested: false })
  }

  #closed(peer: Peer): void {
    if (!this.#peers.delete(peer.id)) return
    this.#paused.delete(peer)
    const event = { event: 'peer-disconnected', peer: peer.id }
    this.#options.log(`socket closed, disconnecting peer=${peer.id}`, event)
    this.#driver.step({ kind: 'disconnected', peer: peer.id })
  }

  #forget(id: number): void {
    const peer = this.#peers.get(id)
    if (peer === undefined) return
    this.#peers.delete(id)
    this.#paused.delete(peer)
    peer.connection.close()
  }
}

const PURPOSES: Readonly<Partial<Record<ConnectionType, ConnectionPurpose>>> = {
  'block-relay-only': 'blocks',
  feeler: 'feeler',
}

/** The command in the envelope of a message that we made. */
function commandOf(frame: Uint8Array): string {
  let command = ''
  for (let i = 4; i < 16 && frame[i] !== 0; i++) command += String.fromCharCode(frame[i]!)
  return command
}
