import type { BlockNode } from '../chainstate/index.ts'
import { RecentSet } from '../collections/index.ts'
import type { PoolEntry } from '../mempool/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import type { Block } from '../wire/index.ts'
import { ByteReader, DecodeError } from '../wire/index.ts'
import { announceTip, askForAnnouncements } from './blocks/announce.ts'
import { askAllForBlocks, askForBlocks } from './blocks/block-fetch.ts'
import { promoteHighBandwidth } from './blocks/compact-announce.ts'
import { noteConnected } from './blocks/note-connected.ts'
import { isHeard, openHandshake } from './connection/handshake.ts'
import { hostOf, isLocalHost } from './connection/host.ts'
import { offenceOf } from './connection/offence.ts'
import type { PeerHost } from './context.ts'
import { resolveAnnounced } from './headers/headers-sync.ts'
import { NetworkView } from './network-view.ts'
import type { PeerOptions } from './options.ts'
import { type ConnectionPurpose, Peer } from './peer.ts'
import { type Protocol, ProtocolStack } from './protocol.ts'
import { PROTOCOLS } from './protocols.ts'
import { serveAsked } from './serving/serve.ts'
import { serveFilter } from './serving/serve-filters.ts'
import { SharedContext } from './shared-context.ts'
import { wakeChildren } from './transactions/orphan-families.ts'
import { retryOrphan } from './transactions/transactions.ts'
import { announceTransaction, sendAnnouncements } from './transactions/trickle.ts'

const DISCOURAGED_MAX = 50_000

/**
 * All connections of a node. Bytes go in by `received`, one message at a time is worked off by `work`, and what is to
 * be sent comes out through the host.
 */
export class Network {
  readonly view: NetworkView
  readonly #peers = new Map<number, Peer>()
  /** Peers with whole messages to work off, in turn. */
  readonly #ready = new Set<Peer>()
  readonly #context: SharedContext
  readonly #protocols: ProtocolStack
  /** Hosts of peers that broke the protocol; the oldest are forgotten. [Core BanMan::Discourage] */
  readonly #discouraged = new RecentSet(DISCOURAGED_MAX)
  #announcedTip: BlockNode

  constructor(host: PeerHost, options: PeerOptions, protocols: readonly Protocol[] = PROTOCOLS) {
    this.#protocols = new ProtocolStack(protocols)
    this.#context = new SharedContext(
      host,
      options,
      this.#peers,
      (peer, reason) => this.#punish(peer, reason),
      (peer) => this.#wake(peer),
    )
    this.#announcedTip = host.chain.tip
    this.view = new NetworkView(this.#context)
  }

  /** Whether `work` has something to do. */
  get hasWork(): boolean {
    return this.#ready.size > 0 || this.#context.filters?.isBehind === true
  }

  get peerCount(): number {
    return this.#peers.size
  }

  /** Whether so much of a peer waits to be worked off that no more should be read from it. [Core fPauseRecv] */
  isReceivePaused(id: number): boolean {
    return (this.#peers.get(id)?.reader.buffered ?? 0) > this.#context.options.receiveBytesPaused
  }

  /** Whether a peer at this address, whatever its port and spelling, broke the protocol. */
  isDiscouraged(address: string): boolean {
    return this.#discouraged.has(hostOf(address))
  }

  connected(
    id: number,
    inbound: boolean,
    address: string,
    trusted: boolean,
    now: number,
    purpose: ConnectionPurpose = 'everything',
  ): void {
    const context = this.#at(now)
    const { parameters, hasher } = context
    const peer = new Peer(id, inbound, hostOf(address), trusted, purpose, now, parameters.magic, hasher)
    this.#peers.set(id, peer)
    openHandshake(context, peer)
  }

  received(id: number, bytes: Uint8Array, now: number): void {
    const peer = this.#peers.get(id)
    if (peer === undefined) return
    peer.reader.push(bytes)
    if (peer.reader.buffered > this.#context.options.receiveBytesMax)
      this.#at(now).disconnect(peer, 'too many unprocessed bytes')
    else this.#wake(peer)
    this.#sweep()
  }

  /** The peer's send buffer is full, or has drained. While it is full the peer's messages wait, so that asking without reading cannot exhaust memory. [Core fPauseSend] */
  congested(id: number, isCongested: boolean): void {
    const peer = this.#peers.get(id)
    if (peer === undefined) return
    peer.isCongested = isCongested
    if (isCongested) this.#ready.delete(peer)
    else this.#wake(peer)
  }

  disconnected(id: number, now: number): void {
    const peer = this.#peers.get(id)
    if (peer === undefined) return
    this.#at(now)
    peer.gone = true
    this.#sweep()
  }

  /** Works off what one peer asked for before, or one message, in turn; when nobody has any, other work. */
  work(now: number) {
    const context = this.#at(now)
    const [peer] = this.#ready
    if (peer === undefined) return context.filters?.advance()
    this.#ready.delete(peer)
    if (this.#workFor(context, peer)) this.#wake(peer)
    this.#sweep()
  }

  /** False when the peer has nothing to be worked off. One thing after another, so that answers keep their order. */
  #workFor(context: SharedContext, peer: Peer): boolean {
    if (peer.asked.length > 0 && serveAsked(context, peer)) return true
    if (serveFilter(context, peer) || retryOrphan(context, peer)) return true
    const frame = peer.reader.next()
    if (frame === undefined) {
      if (peer.reader.broken !== undefined) context.disconnect(peer, peer.reader.broken)
      return false
    }
    peer.count(this.#protocols.handlerOf(frame.command) === undefined ? '*other*' : frame.command, frame)
    if (frame.intact) this.#handle(context, peer, frame.command, frame.payload)
    else context.log('debug', `message of peer ${peer.id} with a wrong checksum`)
    return true
  }

  #wake(peer: Peer): void {
    if (!peer.isCongested && !peer.gone) this.#ready.add(peer)
  }

  /** Does what is due by the clock, for every peer. */
  tick(now: number): void {
    this.#protocols.tick(this.#at(now))
    this.#sweep()
  }

  /** When `tick` next has something to do. */
  nextAt(): number {
    return this.#protocols.nextAt(this.#context)
  }

  /** A block joined the active chain. */
  blockConnected(block: Block): void {
    noteConnected(this.#context, block)
  }

  /** A block left the active chain: its transactions may be wanted again. */
  blockDisconnected(): void {
    this.#context.confirmed.clear()
  }

  /** The tip has come to rest: announce it, and fetch on. */
  tipSettled(now: number): void {
    const context = this.#at(now)
    const { tip } = context.chain
    if (tip !== this.#announcedTip) {
      context.transactions.refused.clear()
      announceTip(context, this.#announcedTip)
      this.#announcedTip = tip
    }
    askAllForBlocks(context)
  }

  /** The verdict on a block that a peer delivered. A rebuilt compact block may break rules, because peers relay those before they validate them. [BIP152] */
  blockJudged(id: number, verdict: BlockVerdict, isRebuilt: boolean, now: number): void {
    const peer = this.#peers.get(id)
    if (peer === undefined) return
    const context = this.#at(now)
    const isForgiven = isRebuilt && verdict.outcome === 'rejected'
    const offence = isForgiven ? undefined : offenceOf(peer, verdict, isRebuilt)
    if (offence !== undefined) context.misbehaved(peer, offence)
    else if (verdict.outcome === 'connected') promoteHighBandwidth(context, peer)
    this.#sweep()
  }

  /** A transaction entered the pool. */
  transactionAccepted(entry: PoolEntry, now: number): void {
    const context = this.#at(now)
    wakeChildren(context, entry.transaction)
    if (!context.isDelivering) context.unbroadcast.add(entry.key, now, context.entropy())
    announceTransaction(context, entry)
    for (const peer of this.#peers.values()) sendAnnouncements(context, peer)
  }

  #at(now: number): SharedContext {
    this.#context.now = now
    return this.#context
  }

  #handle(context: SharedContext, peer: Peer, command: string, payload: Uint8Array): void {
    const handler = this.#protocols.handlerOf(command)
    if (handler === undefined || !isHeard(context, peer, command)) return
    try {
      handler(context, peer, new ByteReader(payload))
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      // A peer that we cannot parse may only be newer than we are. [Core ProcessMessages]
      context.log(
        'debug',
        `ProcessMessages(${command}, ${payload.length} bytes): Exception '${error.message}' caught, peer=${peer.id}`,
      )
    }
    if (peer.gone || !peer.established) return
    resolveAnnounced(context, peer)
    askForAnnouncements(context, peer)
    askForBlocks(context, peer)
  }

  /** Peers at local addresses are different programs behind one proxy: there the offender alone is cut. [Core MaybeDiscourageAndDisconnect] */
  #punish(peer: Peer, reason: string): void {
    const context = this.#context
    context.log('info', `peer ${peer.id} misbehaved: ${reason}`)
    if (peer.trusted) return
    if (isLocalHost(peer.host)) {
      context.disconnect(peer, reason)
      return
    }
    this.#discouraged.add(peer.host)
    for (const other of this.#peers.values()) if (other.host === peer.host) context.disconnect(other, reason)
  }

  /** Forgets peers that have gone. */
  #sweep(): void {
    for (const peer of this.#peers.values()) {
      if (!peer.gone) continue
      this.#peers.delete(peer.id)
      this.#ready.delete(peer)
      this.#protocols.forget(this.#context, peer)
    }
  }
}
