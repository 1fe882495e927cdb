import type { ChainParameters } from '../chains/index.ts'
import { parseChainFile } from '../chains/index.ts'
import { assembleBlock, grindNonce } from '../mining/index.ts'
import type { NodeEffect, NodeEvent, NodeSetup } from '../node/index.ts'
import { createNode, type Node } from '../node/index.ts'
import { chooseCrypto, MemoryFiles, MemoryOrderedStore } from '../platform/index.ts'
import { InPlaceChecks } from '../script-engine/index.ts'
import {
  ByteReader,
  encodeFrame,
  encodeTransaction,
  encodeVersion,
  type Frame,
  FrameReader,
  hashToHex,
  parseBlock,
  type Transaction,
} from '../wire/index.ts'

export const { crypto } = chooseCrypto()
/** OP_TRUE: anyone may spend. */
export const ANYONE = Uint8Array.of(0x51)
/** OP_RETURN with two bytes. */
const DATA = Uint8Array.of(0x6a, 2, 1, 2)

/** Times that nodes may ask to be woken at one moment. */
const WAKES_MAX = 100

type Judged = Extract<NodeEffect, { kind: 'judged' }>
type Log = Extract<NodeEffect, { kind: 'log' }>

/** A node of a test with what it said. */
export class TestNode {
  readonly setup: NodeSetup
  node: Node
  readonly judged: Judged[] = []
  readonly logs: Log[] = []
  readonly disconnects: string[] = []
  /** Frames sent, newest last: to whom and which command. */
  readonly sent: { peer: number; command: string }[] = []
  wakeAt = Number.POSITIVE_INFINITY
  continues = 0

  constructor(setup: NodeSetup) {
    this.setup = setup
    this.node = createNode(setup)
  }

  get tip() {
    return this.node.view.tip()
  }
}

/** The other end of a connection that is no node of the world. */
export interface RawEnd {
  hear(bytes: Uint8Array): void
  shut(reason: string): void
}

/** Nodes on a wire without delay or loss, under one virtual clock. */
export class TestWorld {
  readonly chain: ChainParameters
  now: number
  readonly nodes: TestNode[] = []
  /** Connection number on one node -> the other node and its number there. */
  readonly #links = new Map<TestNode, Map<number, { to: TestNode; as: number }>>()
  readonly #raw = new Map<number, RawEnd>()
  readonly #queue: { node: TestNode; event: NodeEvent }[] = []
  #nextPeer = 1
  #seed = 12345
  #extra = 0
  steps = 0

  constructor(chainData: unknown) {
    this.chain = parseChainFile(chainData, crypto)
    this.now = (this.chain.genesis.header.time + 86400) * 1000
  }

  entropy = (): number => {
    this.#seed = (Math.imul(this.#seed, 1103515245) + 12345) >>> 0
    return this.#seed / 0x100000000
  }

  add(own: Partial<NodeSetup> = {}): TestNode {
    const node = new TestNode({
      chain: this.chain,
      files: new MemoryFiles(),
      store: new MemoryOrderedStore(),
      crypto,
      checks: new InPlaceChecks({ crypto }),
      entropy: this.entropy,
      ...own,
    })
    this.nodes.push(node)
    this.#links.set(node, new Map())
    this.post(node, { kind: 'start' })
    return node
  }

  /** Stops a node and opens another on what it stored. */
  restart(node: TestNode): void {
    this.post(node, { kind: 'stop' })
    this.run()
    for (const id of [...this.#links.get(node)!.keys()]) this.cut(node, id)
    node.node = createNode(node.setup)
    node.continues = 0
    node.wakeAt = Number.POSITIVE_INFINITY
    this.post(node, { kind: 'start' })
  }

  /** `from` connects to `to`; the number of the connection on `from`. */
  connect(from: TestNode, to: TestNode): number {
    const [a, b] = [this.#nextPeer++, this.#nextPeer++]
    this.#links.get(from)!.set(a, { to, as: b })
    this.#links.get(to)!.set(b, { to: from, as: a })
    this.post(to, {
      kind: 'connected',
      peer: b,
      inbound: true,
      address: `10.0.0.${this.nodes.indexOf(from)}`,
    })
    this.post(from, {
      kind: 'connected',
      peer: a,
      inbound: false,
      address: `10.0.0.${this.nodes.indexOf(to)}`,
    })
    this.run()
    return a
  }

  cut(node: TestNode, id: number): void {
    const link = this.#links.get(node)!.get(id)
    if (link === undefined) return
    this.#links.get(node)!.delete(id)
    this.#links.get(link.to)!.delete(link.as)
    this.post(node, { kind: 'disconnected', peer: id })
    this.post(link.to, { kind: 'disconnected', peer: link.as })
  }

  /** A number for a connection that ends in a test. */
  openRaw(end: RawEnd): number {
    const id = this.#nextPeer++
    this.#raw.set(id, end)
    return id
  }

  post(node: TestNode, event: NodeEvent): void {
    this.#queue.push({ node, event })
  }

  /** Carries out all that is to be done at this moment. */
  run(): void {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      this.steps++
      for (const effect of next.node.node.step(next.event, this.now)) this.#carryOut(next.node, effect)
    }
  }

  /** Lets time pass, waking nodes when they asked for it. */
  pass(ms: number) {
    const end = this.now + ms
    let wakes = 0
    this.run()
    for (;;) {
      const at = Math.min(...this.nodes.map((node) => node.wakeAt))
      if (at > end) break
      wakes = at > this.now ? 0 : wakes + 1
      if (wakes > WAKES_MAX) throw new Error('a node asks to be woken at once, again and again')
      this.now = Math.max(this.now, at)
      for (const node of this.nodes)
        if (node.wakeAt <= this.now) {
          node.wakeAt = Number.POSITIVE_INFINITY
          this.post(node, { kind: 'wake' })
        }
      this.run()
    }
    this.now = end
  }

  submit(
    node: TestNode,
    kind: 'submitBlock' | 'submitTransaction' | 'submitHeader',
    bytes: Uint8Array,
  ): Judged {
    this.post(node, { kind, bytes, tag: 'submitted' })
    this.run()
    return node.judged.filter(({ tag }) => tag === 'submitted').at(-1)!
  }

  /** The next block of a node, mined but not submitted. */
  mine(node: TestNode, rewardScript: Uint8Array = ANYONE): Uint8Array {
    const template = node.node.view.template(Math.floor(this.now / 1000))!
    const extraNonce = Uint8Array.of(++this.#extra & 0xff, this.#extra >> 8)
    const block = assembleBlock(template, rewardScript, extraNonce, crypto)
    if (!grindNonce(block, this.chain, crypto, 1 << 24)) throw new Error('no nonce found')
    return block
  }

  /** Mines and submits, `spacing` seconds apart. */
  generate(node: TestNode, count: number, spacing = 600): Uint8Array[] {
    const blocks: Uint8Array[] = []
    for (let i = 0; i < count; i++) {
      this.pass(spacing * 1000)
      const block = this.mine(node)
      blocks.push(block)
      this.submit(node, 'submitBlock', block)
    }
    return blocks
  }

  #carryOut(node: TestNode, effect: NodeEffect) {
    switch (effect.kind) {
      case 'send': {
        const command = String.fromCharCode(...effect.bytes.subarray(4, 16)).replace(/\0+$/, '')
        node.sent.push({ peer: effect.peer, command })
        this.#raw.get(effect.peer)?.hear(effect.bytes)
        const link = this.#links.get(node)!.get(effect.peer)
        if (link !== undefined) this.post(link.to, { kind: 'received', peer: link.as, bytes: effect.bytes })
        return
      }
      case 'disconnect':
        node.disconnects.push(effect.reason)
        this.#raw.get(effect.peer)?.shut(effect.reason)
        return this.cut(node, effect.peer)
      case 'wakeAt':
        node.wakeAt = effect.at
        return
      case 'continue':
        node.continues++
        return this.post(node, { kind: 'continue' })
      case 'judged':
        node.judged.push(effect)
        return
      case 'log':
        node.logs.push(effect)
        return
    }
  }
}

/** Hash of a serialized block as people write it. */
export function blockHash(block: Uint8Array): string {
  return hashToHex(crypto.hash256(block.subarray(0, 80)))
}

export function coinbaseOf(block: Uint8Array): Transaction {
  return parseBlock(new ByteReader(block), crypto).transactions[0]!
}

/** A transaction without signatures that spends outputs which anyone may spend, back to anyone. */
export function spend(
  inputs: readonly { from: Transaction; index?: number; sequence?: number }[],
  values: readonly number[],
  lockTime = 0,
): Uint8Array {
  return encodeTransaction({
    version: 2,
    inputs: inputs.map(({ from, index = 0, sequence = 0xffffffff }) => ({
      prevTxid: from.txid,
      prevIndex: index,
      scriptSig: new Uint8Array(0),
      sequence,
    })),
    // A last output of data makes it larger than a pair of Merkle nodes. [CVE-2017-12842]
    outputs: [...values.map((value) => ({ value, script: ANYONE })), { value: 0, script: DATA }],
    lockTime,
  })
}

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
