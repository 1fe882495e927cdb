import type { NodeEvent } from '../node/index.ts'
import { encodeFrame, encodeVersion, type Frame, FrameReader } from '../wire/index.ts'
import { crypto } from './spends.ts'
import type { TestNode } from './test-node.ts'
import type { RawEnd, TestWorld } from './world.ts'

/** A connection whose other end is the test itself: it says whatever the test likes. */
export class RawPeer implements RawEnd {
  readonly world: TestWorld
  readonly node: TestNode
  readonly id: number
  /** What the node said, oldest first. */
  readonly heard: Frame[] = []
  closed: string | undefined

  constructor(world: TestWorld, node: TestNode, inbound = true, address = '10.9.9.9', trusted = false) {
    this.world = world
    this.node = node
    this.id = world.openRaw(this)
    this.#event({ kind: 'connected', peer: this.id, inbound, address, trusted })
  }

  /** Takes note; pings are answered, so that the connection lasts. */
  hear(sent: Uint8Array): void {
    const reader = new FrameReader(this.world.chain.magic, crypto)
    reader.push(sent)
    const frame = reader.next()!
    this.heard.push(frame)
    if (frame.command !== 'ping') return
    const bytes = encodeFrame(this.world.chain.magic, 'pong', frame.payload, crypto)
    this.world.post(this.node, { kind: 'received', peer: this.id, bytes })
  }

  shut(reason: string): void {
    this.closed = reason
  }

  /** Goes through the handshake as a full node that relays, or with other services. */
  shake(services = 9n): this {
    const version = encodeVersion({
      version: 70016,
      services,
      time: BigInt(Math.floor(this.world.now / 1000)),
      nonce: 77n + BigInt(this.id),
      userAgent: '/raw/',
      startHeight: 0,
      relay: true,
    })
    this.say('version', version).say('wtxidrelay').say('verack')
    return this
  }

  say(command: string, payload: Uint8Array = new Uint8Array(0)): this {
    return this.sayBytes(encodeFrame(this.world.chain.magic, command, payload, crypto))
  }

  sayBytes(bytes: Uint8Array): this {
    this.#event({ kind: 'received', peer: this.id, bytes })
    return this
  }

  /** Payloads heard of one command. */
  of(command: string): Uint8Array[] {
    return this.heard.filter((frame) => frame.command === command).map(({ payload }) => payload)
  }

  #event(event: NodeEvent): void {
    this.world.post(this.node, event)
    this.world.run()
  }
}
