import type { Node, NodeEffect, NodeEvent, NodeView } from '../node/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import type { Machine } from './machine.ts'

type Effect<Kind extends NodeEffect['kind']> = Extract<NodeEffect, { kind: Kind }>

/** Who carries out what the node asks of the world. */
export interface EffectHandlers {
  send(peer: number, bytes: Uint8Array): void
  disconnect(peer: number, reason: string): void
  judged(effect: Effect<'judged'>): void
  tip(effect: Effect<'tip'>): void
  log(effect: Effect<'log'>): void
  /** After every step, which took so many seconds and may have moved the tip. */
  stepped(seconds: number, hasMovedTip: boolean): void
}

/** Gives the node its events one after another, wakes it, and lets it go on with what it has begun. */
export class NodeDriver {
  readonly #node: Node
  readonly #machine: Machine
  readonly #handlers: EffectHandlers
  /** The operator's clock, in milliseconds; the real one when undefined. */
  #mockTimeMs: number | undefined
  #wakeAt = Number.POSITIVE_INFINITY
  #cancelWake: () => void = () => {}
  #isContinuing = false
  #verdict: BlockVerdict | undefined
  #isStopped = false

  constructor(node: Node, machine: Machine, handlers: EffectHandlers) {
    this.#node = node
    this.#machine = machine
    this.#handlers = handlers
  }

  get view(): NodeView {
    return this.#node.view
  }

  now = (): number => this.#mockTimeMs ?? this.#machine.now()

  /** 0 gives back the real time. */
  setMockTime(seconds: number): void {
    this.#mockTimeMs = seconds === 0 ? undefined : seconds * 1000
    this.step({ kind: 'wake' })
    this.#planWake()
  }

  /** Does what is due within so many milliseconds. */
  advance(ms: number): void {
    this.#run({ kind: 'wake' }, this.now() + ms)
  }

  step(event: NodeEvent): void {
    if (!this.#isStopped) this.#run(event, this.now())
  }

  #run(event: NodeEvent, now: number): void {
    const begin = this.#machine.clock()
    const effects = this.#node.step(event, now)
    const seconds = (this.#machine.clock() - begin) / 1000
    for (const effect of effects) this.#carryOut(effect)
    this.#handlers.stepped(
      seconds,
      effects.some(({ kind }) => kind === 'tip'),
    )
  }

  /** Hands over an item and goes on until it is judged and the chain has come to rest. */
  submit(kind: 'submitHeader' | 'submitBlock' | 'submitTransaction', bytes: Uint8Array): BlockVerdict {
    this.settle()
    this.#verdict = undefined
    this.step({ kind, bytes, tag: SUBMITTED })
    for (;;) {
      const verdict: BlockVerdict | undefined = this.#verdict
      if (verdict !== undefined && this.view.isAtRest) return verdict
      this.step({ kind: 'continue' })
    }
  }

  /** Goes on until the chain has come to rest. */
  settle(): void {
    while (!this.view.isAtRest) this.step({ kind: 'continue' })
  }

  /** Makes everything durable; nothing is done from then on. */
  stop(): void {
    this.settle()
    this.step({ kind: 'stop' })
    this.#isStopped = true
    this.#cancelWake()
  }

  #carryOut(effect: NodeEffect) {
    const handlers = this.#handlers
    switch (effect.kind) {
      case 'send':
        return handlers.send(effect.peer, effect.bytes)
      case 'disconnect':
        return handlers.disconnect(effect.peer, effect.reason)
      case 'wakeAt':
        this.#wakeAt = effect.at
        return this.#planWake()
      case 'continue':
        return this.#planContinue()
      case 'judged':
        if (effect.tag === SUBMITTED) this.#verdict = effect.verdict
        return handlers.judged(effect)
      case 'tip':
        return handlers.tip(effect)
      case 'log':
        return handlers.log(effect)
    }
  }

  #planContinue(): void {
    if (this.#isContinuing) return
    this.#isContinuing = true
    this.#machine.soon(() => {
      this.#isContinuing = false
      this.step({ kind: 'continue' })
    })
  }

  /** While the clock stands still nothing becomes due by itself. */
  #planWake(): void {
    this.#cancelWake()
    this.#cancelWake = () => {}
    if (this.#mockTimeMs !== undefined || this.#wakeAt === Number.POSITIVE_INFINITY) return
    const delay = Math.min(Math.max(0, this.#wakeAt - this.#machine.now()), DELAY_MAX_MS)
    this.#cancelWake = this.#machine.later(delay, () => {
      this.#wakeAt = Number.POSITIVE_INFINITY
      this.step({ kind: 'wake' })
    })
  }
}

/** Marks what an operator submitted. */
const SUBMITTED = 'operator'
/** Timers of more than 31 bits fire at once. */
const DELAY_MAX_MS = 0x7fffffff
