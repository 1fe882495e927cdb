import type { ChainParameters } from '../chains/index.ts'
import { parseChainFile } from '../chains/index.ts'
import { assembleBlock, grindNonce } from '../mining/index.ts'
import type { NodeEffect, NodeEvent, NodeSetup } from '../node/index.ts'
import { createNode } from '../node/index.ts'
import { MemoryFiles, MemoryOrderedStore } from '../platform/index.ts'
import { InPlaceChecks } from '../script-engine/index.ts'
import { ANYONE, crypto } from './spends.ts'
import { type Judged, TestNode } from './test-node.ts'

/** Times that nodes may ask to be woken at one moment. */
const WAKES_MAX = 100

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
