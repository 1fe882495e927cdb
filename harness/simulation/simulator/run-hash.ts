import type { NodeEffect } from '../../ports/index.ts'
import { peekMessage } from '../../wire/index.ts'
import { EventHash } from './event-hash.ts'
import type { NodeArrival } from './host.ts'

/** Folds every event of a run, and what came of it, into one hash; keeps them as lines too when asked. */
export class RunHash {
  readonly #hash = new EventHash()
  /** One line an event, each ending in the hash so far; undefined when no trace is wanted. */
  readonly lines: string[] | undefined

  constructor(traced: boolean) {
    this.lines = traced ? [] : undefined
  }

  step(at: number, text: string): void {
    this.#hash.number(at)
    this.#hash.text(text)
    this.#line(at, `step ${text}`)
  }

  arrival(at: number, { host, event }: NodeArrival): void {
    this.#hash.number(at)
    this.#hash.number(host.index)
    this.#hash.text(event.kind)
    if (event.kind === 'received') {
      this.#hash.number(event.peer)
      this.#hash.number(event.bytes.length)
      this.#hash.number(peekMessage(event.bytes).checksum)
    }
    if (this.lines !== undefined) this.#line(at, `${host.name} ${describe(event)}`)
  }

  effect(at: number, host: { readonly name: string }, effect: NodeEffect): void {
    if (effect.kind === 'judged') {
      const { verdict } = effect
      this.#hash.text(effect.subject)
      this.#hash.text(effect.hash)
      this.#hash.text(verdict.outcome)
      this.#hash.text(verdict.reason ?? '')
    } else if (effect.kind === 'tip') this.#hash.text(effect.hash)
    else return
    if (this.lines !== undefined) this.#line(at, `${host.name} says ${describe(effect)}`)
  }

  digest(): string {
    return this.#hash.digest()
  }

  #line(at: number, text: string): void {
    this.lines?.push(`${at} ${text} #${this.#hash.digest()}`)
  }
}

function describe(event: NodeArrival['event'] | NodeEffect): string {
  if (!('bytes' in event)) return JSON.stringify(event)
  const { bytes, ...rest } = event
  return `${JSON.stringify(rest)} ${peekMessage(bytes).command} ${bytes.length}`
}
