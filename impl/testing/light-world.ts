import type { LightEffect, LightEvent } from '../light/index.ts'
import { LightNode } from '../light/index.ts'
import { MemoryOrderedStore } from '../platform/index.ts'
import type { OrderedStore } from '../storage/index.ts'
import { encodeFrame, FrameReader } from '../wire/index.ts'
import { crypto } from './spends.ts'
import type { TestNode } from './test-node.ts'
import { TestWorld } from './world.ts'

/** A light node among full ones; what a full node sends may be changed on its way. */
export class LightWorld extends TestWorld {
  light: LightNode
  /** Names of the messages that the light node sent, with the bytes of their payload. */
  readonly asked: { command: string; payload: Uint8Array }[] = []
  readonly found: Extract<LightEffect, { kind: 'found' }>[] = []
  readonly lost: number[] = []
  readonly dismissed = new Map<TestNode, string>()
  searched = 0
  readonly #ends = new Map<number, TestNode>()
  #wake = Number.POSITIVE_INFINITY

  readonly #witnessesMin: number

  constructor(chain: unknown, witnessesMin = 2, store: OrderedStore = new MemoryOrderedStore()) {
    super(chain)
    this.#witnessesMin = witnessesMin
    this.light = this.#open(store, 0n)
  }

  /** Another light node in place of the one there was, which has no connections yet. */
  reopen(store: OrderedStore, minimumChainWork = 0n): void {
    this.#ends.clear()
    this.deliver.length = 0
    this.light = this.#open(store, minimumChainWork)
  }

  #open(store: OrderedStore, minimumChainWork: bigint): LightNode {
    return new LightNode({
      chain: { ...this.chain, minimumChainWork },
      store,
      crypto,
      entropy: this.entropy,
      witnessesMin: this.#witnessesMin,
      answerMs: 5000,
    })
  }

  full(): TestNode {
    return this.add({ peers: { blockFilters: true } })
  }

  join(node: TestNode, change = (_command: string, payload: Uint8Array): Uint8Array => payload): number {
    const inbox: Uint8Array[] = []
    const id = this.openRaw({
      hear: (bytes) => inbox.push(bytes),
      shut: () => this.event({ kind: 'disconnected', peer: id }),
    })
    this.#ends.set(id, node)
    this.deliver.push(() => {
      const bytes = inbox.shift()
      if (bytes === undefined) return false
      const reader = new FrameReader(this.chain.magic, crypto)
      reader.push(bytes)
      const { command, payload } = reader.next()!
      const changed = encodeFrame(this.chain.magic, command, change(command, payload), crypto)
      this.event({ kind: 'received', peer: id, bytes: changed })
      return true
    })
    this.post(node, { kind: 'connected', peer: id, inbound: true, address: '10.1.1.1' })
    this.event({ kind: 'connected', peer: id })
    this.flow()
    return id
  }

  readonly deliver: (() => boolean)[] = []

  /** Until nobody has anything to say. */
  flow(): void {
    do this.run()
    while (this.deliver.map((next) => next()).some(Boolean))
  }

  /** Lets time pass for the light node too. */
  wait(ms: number): void {
    this.pass(ms)
    this.flow()
    if (this.#wake <= this.now) {
      this.#wake = Number.POSITIVE_INFINITY
      this.event({ kind: 'wake' })
      this.flow()
    }
  }

  event(event: LightEvent): void {
    for (const effect of this.light.step(event, this.now)) this.#carryOut(effect)
  }

  #carryOut(effect: LightEffect): void {
    if (effect.kind === 'send') {
      const reader = new FrameReader(this.chain.magic, crypto)
      reader.push(effect.bytes)
      this.asked.push(reader.next()!)
      const node = this.#ends.get(effect.peer)
      if (node !== undefined) this.post(node, { kind: 'received', peer: effect.peer, bytes: effect.bytes })
    } else if (effect.kind === 'disconnect') {
      this.dismissed.set(this.#ends.get(effect.peer)!, effect.reason)
    } else if (effect.kind === 'found') this.found.push(effect)
    else if (effect.kind === 'lost') this.lost.push(effect.aboveHeight)
    else if (effect.kind === 'searched') this.searched = effect.height
    else if (effect.kind === 'wakeAt') this.#wake = effect.at
  }
}
