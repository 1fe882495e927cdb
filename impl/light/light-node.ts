import { forkPoint } from '../chainstate/index.ts'
import { randomNonce } from '../collections/index.ts'
import {
  ByteReader,
  DecodeError,
  decodeInventory,
  decodeVersion,
  EMPTY_BYTES,
  encodeFrame,
  encodeVersion,
  FrameReader,
  hashToHex,
  INV_BLOCK,
  PROTOCOL_VERSION,
  SERVICE_COMPACT_FILTERS,
  SERVICE_WITNESS,
} from '../wire/index.ts'
import { HeaderChain } from './header-chain.ts'
import { HeaderSync } from './header-sync.ts'
import { LightStore } from './light-store.ts'
import { ScriptWatch } from './script-watch.ts'
import type { LightContext, LightEffect, LightEvent, LightPeer, LightSetup } from './types.ts'

/**
 * A node that keeps headers only and finds payments by block filters, which it believes when several peers agree on
 * them. Events in, effects out, like the full node. [BIP157; Bitcoin paper §8]
 */
export class LightNode implements LightContext {
  readonly setup: LightSetup
  readonly headers: HeaderChain
  readonly peers = new Map<number, LightPeer>()
  readonly store: LightStore
  readonly #sync: HeaderSync
  readonly #watch: ScriptWatch
  #effects: LightEffect[] = []
  #wakeAt = Number.POSITIVE_INFINITY
  now = 0

  /** Opens on what the store holds. Throws when it belongs to another chain. */
  constructor(setup: LightSetup) {
    this.setup = setup
    this.store = new LightStore(setup.store, setup.chain.genesis.hash)
    this.headers = new HeaderChain(setup.chain, setup.crypto, this.store)
    this.#sync = new HeaderSync(this)
    this.#watch = new ScriptWatch(this)
  }

  step(event: LightEvent, nowMs: number): readonly LightEffect[] {
    const effects: LightEffect[] = []
    this.#effects = effects
    this.now = nowMs
    this.#dispatch(event)
    this.#watch.proceed()
    const at = this.#watch.nextAt()
    if (at < this.#wakeAt) {
      this.#wakeAt = at
      effects.push({ kind: 'wakeAt', at })
    }
    return effects
  }

  message(peer: LightPeer, command: string, payload: Uint8Array): void {
    const { chain, crypto } = this.setup
    this.emit({ kind: 'send', peer: peer.id, bytes: encodeFrame(chain.magic, command, payload, crypto) })
  }

  disconnect(peer: LightPeer, reason: string): void {
    if (!this.peers.delete(peer.id)) return
    this.emit({ kind: 'disconnect', peer: peer.id, reason })
    this.#watch.forget(peer.id)
  }

  emit(effect: LightEffect): void {
    this.#effects.push(effect)
  }

  #dispatch(event: LightEvent): void {
    switch (event.kind) {
      case 'connected':
        this.#greet(event.peer)
        break
      case 'received':
        this.#receive(event.peer, event.bytes)
        break
      case 'disconnected':
        this.peers.delete(event.peer)
        this.#watch.forget(event.peer)
        break
      case 'wake':
        this.#wakeAt = Number.POSITIVE_INFINITY
        break
      case 'stop':
        this.store.sync()
        break
      case 'watch':
        this.#watch.start(event.scripts, event.fromHeight)
        break
    }
  }

  #greet(id: number): void {
    const { chain, crypto } = this.setup
    const reader = new FrameReader(chain.magic, crypto)
    const peer: LightPeer = {
      id,
      reader,
      isReady: false,
      servesFilters: false,
      hasSentHeaders: false,
      headersAskedAt: undefined,
      presync: undefined,
    }
    this.peers.set(id, peer)
    const version = {
      version: PROTOCOL_VERSION,
      services: 0n,
      time: BigInt(Math.floor(this.now / 1000)),
      nonce: randomNonce(this.setup),
      userAgent: '/touchstone-light:0.1.0/',
      startHeight: this.headers.tip.height,
      relay: false,
    }
    this.message(peer, 'version', encodeVersion(version))
  }

  #receive(id: number, bytes: Uint8Array): void {
    const peer = this.peers.get(id)
    if (peer === undefined) return
    peer.reader.push(bytes)
    for (let frame = peer.reader.next(); frame !== undefined; frame = peer.reader.next()) {
      if (frame.intact) this.#handle(peer, frame.command, frame.payload)
      if (!this.peers.has(id)) return
    }
    if (peer.reader.broken !== undefined) this.disconnect(peer, peer.reader.broken)
  }

  #handle(peer: LightPeer, command: string, payload: Uint8Array): void {
    try {
      this.#answer(peer, command, new ByteReader(payload))
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      this.disconnect(peer, `malformed ${command}: ${error.message}`)
    }
  }

  #answer(peer: LightPeer, command: string, reader: ByteReader): void {
    switch (command) {
      case 'version': {
        const { services } = decodeVersion(reader)
        peer.servesFilters =
          (services & SERVICE_COMPACT_FILTERS) !== 0n && (services & SERVICE_WITNESS) !== 0n
        this.message(peer, 'verack', EMPTY_BYTES)
        break
      }
      case 'verack':
        peer.isReady = true
        this.message(peer, 'sendheaders', EMPTY_BYTES)
        this.#sync.ask(peer)
        break
      case 'ping':
        this.message(peer, 'pong', reader.take(8))
        break
      case 'headers':
        this.#takeHeaders(peer, reader)
        break
      case 'inv':
        if (decodeInventory(reader).some(({ kind }) => kind === INV_BLOCK)) this.#sync.ask(peer)
        break
      default:
        if (peer.isReady) this.#watch.answer(peer, command, reader)
    }
  }

  #takeHeaders(peer: LightPeer, reader: ByteReader): void {
    const before = this.headers.tip
    this.#sync.take(peer, reader)
    this.headers.save()
    const { tip } = this.headers
    if (tip === before) return
    const fork = forkPoint(before, tip)
    if (fork !== before) this.#watch.rewind(fork)
    this.emit({ kind: 'tip', hash: hashToHex(tip.hash), height: tip.height })
  }
}
