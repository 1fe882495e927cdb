import type { NodeEvent, NodeSetup } from '../node/index.ts'
import { encodeFrame } from '../wire/index.ts'
import { quickChain } from './chains.ts'
import { crypto } from './spends.ts'
import type { TestNode } from './test-node.ts'
import { measureWork } from './work-meter.ts'
import { TestWorld } from './world.ts'

/** What a step did, counted. */
export interface StepWork {
  readonly entries: number
  readonly copiedBytes: number
  readonly hashes: number
  readonly sentBytes: number
}

const NOTHING: StepWork = { entries: 0, copiedBytes: 0, hashes: 0, sentBytes: 0 }

/** A world with a node of six blocks whose steps are counted from `watch` on. */
export class MeasuredWorld extends TestWorld {
  readonly node: TestNode
  readonly blocks: readonly Uint8Array[]
  /** Of each kind of work the most in one step, whichever it was. */
  worst = NOTHING

  constructor(setup: Partial<NodeSetup> = {}) {
    super(quickChain)
    this.node = this.add(setup)
    this.blocks = this.generate(this.node, 6)
  }

  /** Header hash of a block of the node, the tip if none is named. */
  hash(block = this.blocks.at(-1)!): Uint8Array {
    return crypto.hash256(block.subarray(0, 80))
  }

  /** Another node that has the same blocks and no connection. */
  twin(): TestNode {
    const twin = this.add()
    for (const block of this.blocks) this.submit(twin, 'submitBlock', block)
    return twin
  }

  watch(): this {
    const { view, step } = this.node.node
    const measured = (event: NodeEvent, now: number) => {
      let effects: ReturnType<typeof step> = []
      const work = measureWork(() => {
        effects = step(event, now)
      }, crypto)
      let sentBytes = 0
      for (const effect of effects) if (effect.kind === 'send') sentBytes += effect.bytes.length
      this.#note({ ...work, sentBytes })
      return effects
    }
    this.node.node = { view, step: measured }
    return this
  }

  /** One message many times, as one piece of bytes. */
  frames(command: string, payload: Uint8Array, count: number): Uint8Array {
    const frame = encodeFrame(this.chain.magic, command, payload, crypto)
    const bytes = new Uint8Array(count * frame.length)
    for (let i = 0; i < count; i++) bytes.set(frame, i * frame.length)
    return bytes
  }

  #note(work: StepWork): void {
    const { entries, copiedBytes, hashes, sentBytes } = this.worst
    this.worst = {
      entries: Math.max(entries, work.entries),
      copiedBytes: Math.max(copiedBytes, work.copiedBytes),
      hashes: Math.max(hashes, work.hashes),
      sentBytes: Math.max(sentBytes, work.sentBytes),
    }
  }
}
