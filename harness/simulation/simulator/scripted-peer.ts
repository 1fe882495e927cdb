import type { NodeEvent } from '../../ports/index.ts'
import type { CompiledItem } from '../../scenario/index.ts'
import {
  decodeMessages,
  encodeMessage,
  headersPayload,
  INVENTORY,
  inventoryPayload,
  versionPayload,
} from '../../wire/index.ts'
import type { Host } from './host.ts'

/** What a scripted peer needs of the simulation around it. */
export interface ScriptedWorld {
  /** Unix seconds. */
  unixTime(): number
  takePeerNumber(): number
  /** Happens to the host at once. */
  deliver(host: Host, event: NodeEvent): void
}

/** How an item is handed over: all of it, a block's header only, or only its name, the body withheld. */
export type Manner = 'whole' | 'header' | 'announce'

/** A peer that says to one node exactly what the scenario wants said, and otherwise only keeps up appearances. */
export class ScriptedPeer {
  readonly #world: ScriptedWorld
  readonly #host: Host
  readonly #magic: Uint8Array
  #peer: number | undefined
  #boot = 0
  #ready = false
  #waiting: Uint8Array[] = []
  #calls = 0

  constructor(world: ScriptedWorld, host: Host, magic: Uint8Array) {
    this.#world = world
    this.#host = host
    this.#magic = magic
  }

  /** Whether this is the number by which the node knows the present connection. */
  isKnownAs(peer: number): boolean {
    return this.#peer === peer
  }

  hand(item: CompiledItem, manner: Manner): void {
    this.say(this.#encode(item, manner))
  }

  /** Raw bytes, framing included; they wait for the end of the handshake. */
  say(bytes: Uint8Array): void {
    if (!this.#host.running) return
    this.#call()
    if (this.#ready) this.#send(bytes)
    else this.#waiting.push(bytes)
  }

  /** The node has sent something. */
  hear(bytes: Uint8Array): void {
    for (const { command, payload } of decodeMessages(bytes)) {
      if (command === 'version') this.#send(encodeMessage(this.#magic, 'verack', new Uint8Array(0)))
      else if (command === 'ping') this.#send(encodeMessage(this.#magic, 'pong', payload))
      else if (command === 'verack') {
        this.#ready = true
        for (const waiting of this.#waiting.splice(0)) this.#send(waiting)
      }
    }
  }

  /** The node has hung up. */
  hungUpOn(): void {
    this.#peer = undefined
  }

  /** Leaves, if it is there. */
  leave(): void {
    if (this.#peer !== undefined && this.#boot === this.#host.boot)
      this.#world.deliver(this.#host, { kind: 'disconnected', peer: this.#peer })
    this.#peer = undefined
  }

  #call(): void {
    if (this.#peer !== undefined && this.#boot === this.#host.boot) return
    this.#boot = this.#host.boot
    this.#peer = this.#world.takePeerNumber()
    this.#ready = false
    this.#waiting = []
    const address = `scripted-${this.#calls++}`
    this.#world.deliver(this.#host, { kind: 'connected', peer: this.#peer, inbound: true, address })
    const version = versionPayload({ now: this.#world.unixTime(), nonce: this.#peer })
    this.#send(encodeMessage(this.#magic, 'version', version))
  }

  #send(bytes: Uint8Array): void {
    if (this.#peer !== undefined)
      this.#world.deliver(this.#host, { kind: 'received', peer: this.#peer, bytes })
  }

  #encode(item: CompiledItem, manner: Manner): Uint8Array {
    const encode = (command: string, payload: Uint8Array) => encodeMessage(this.#magic, command, payload)
    if (manner === 'announce') return encode('inv', inventoryPayload(INVENTORY[item.kind], [item.hash]))
    if (item.kind === 'transaction') return encode('tx', item.bytes)
    return manner === 'header'
      ? encode('headers', headersPayload([item.header]))
      : encode('block', item.bytes)
  }
}

/** The scripted peers of a run: one for each host, from when it is first needed. */
export class ScriptedPeers {
  readonly #world: Omit<ScriptedWorld, 'unixTime'> & { clockOf(host: Host): number }
  readonly #magic: Uint8Array
  readonly #peers = new Map<Host, ScriptedPeer>()

  /** `magic`: four bytes as hex. `clockOf`: Unix seconds by this host's clock. */
  constructor(world: Omit<ScriptedWorld, 'unixTime'> & { clockOf(host: Host): number }, magic: string) {
    this.#world = world
    this.#magic = Buffer.from(magic, 'hex')
  }

  of(host: Host): ScriptedPeer {
    const known = this.#peers.get(host)
    if (known !== undefined) return known
    const { takePeerNumber, deliver, clockOf } = this.#world
    const peer = new ScriptedPeer(
      { takePeerNumber, deliver, unixTime: () => clockOf(host) },
      host,
      this.#magic,
    )
    this.#peers.set(host, peer)
    return peer
  }

  /** The scripted peer behind a connection of this host; undefined where another host is. */
  behind(host: Host, peer: number): ScriptedPeer | undefined {
    const scripted = this.#peers.get(host)
    return scripted?.isKnownAs(peer) ? scripted : undefined
  }

  /** Scripted peers owe nobody an answer; nodes that wait for one from them would wait for long. */
  dismiss(): void {
    for (const peer of this.#peers.values()) peer.leave()
  }
}
