import type { MessageFate } from '../../../reports/index.ts'
import type { Scenario } from '../../scenario/index.ts'
import type { RandomStream } from '../simulator/random.ts'

/** How a scenario writes down what happened to a message. */
export type MessageKind = Scenario['network']['faults'][number]['kind']

/** What happens to one message. `argument`: see the disturbance of this kind. */
export interface MessageFault {
  readonly kind: MessageKind
  readonly argument: number
}

/** What happens to single messages, and the number with which the scenario keeps it. */
export interface MessageDisturbance {
  readonly kind: MessageKind
  /** Begins a storm; draws the argument of each message that it hits. */
  storm(stream: RandomStream): (bytes: Uint8Array) => number
  pass(bytes: Uint8Array, argument: number): Passage
}

/** How one message passes. */
export interface Passage {
  readonly fate: MessageFate
  /** What arrives; undefined: nothing does. */
  readonly bytes: Uint8Array | undefined
  /** Ms beyond the link's latency. Such a message is overtaken by those that follow it. */
  readonly delayMs?: number
  /** A copy arrives so many ms after the first. */
  readonly copyAfterMs?: number
}

const DELAY_MS_MAX = 10_000

/** How long messages take: all about as long, mostly short, or mostly not at all and now and then very long. */
const DELAYS: readonly ((stream: RandomStream) => number)[] = [
  (stream) => stream.integer(2_000),
  (stream) => Math.min(Math.round(-300 * Math.log(1 - stream.next())), DELAY_MS_MAX),
  (stream) => (stream.chance(0.1) ? DELAY_MS_MAX : stream.integer(20)),
]

/** A storm whose messages are late by times of one distribution. */
export function delayStorm(stream: RandomStream): () => number {
  const draw = stream.pick(DELAYS)
  return () => draw(stream)
}
