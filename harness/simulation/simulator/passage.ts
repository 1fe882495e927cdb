import type { MessageFate } from '../../../reports/index.ts'
import type { NodeEvent } from '../../ports/index.ts'
import type { Passage } from '../disturbances/index.ts'
import type { Host } from './host.ts'
import { type Connection, otherSide, type Side } from './link.ts'

/** A message as it leaves: `index` counts, from 0, the messages ever sent from one node to the other. */
export interface PassingMessage {
  readonly from: string
  readonly to: string
  readonly index: number
  /** Ms of virtual time. */
  readonly at: number
  readonly bytes: Uint8Array
}

/** What a message needs of the world it passes through. */
export interface PassageWorld {
  /** Ms of virtual time. */
  now(): number
  deliver(host: Host, at: number, event: NodeEvent, connection?: Connection): void
  /** How a message passes; undefined: as it should. */
  passageOf(message: PassingMessage): Passage | undefined
  observe(from: Host, to: Host, bytes: Uint8Array, fate: MessageFate, arrivesAt: number | undefined): void
}

/** What a node may have on its way to one peer before it has to stop. [Core -maxsendbuffer] */
export const SEND_BUFFER_BYTES = 1_000_000

/** Keeps a message until the link is up; the sender learns when its buffer is full. */
function hold(world: PassageWorld, connection: Connection, side: Side, bytes: Uint8Array): void {
  const { link } = connection
  link.held.push({ connection, side, bytes })
  link.heldBytes[side] += bytes.length
  if (link.congested[side] || link.heldBytes[side] <= SEND_BUFFER_BYTES) return
  link.congested[side] = true
  reportCongestion(world, connection, side, true)
}

/** Reports to a sender that its buffer is full, or has drained. */
export function reportCongestion(
  world: PassageWorld,
  connection: Connection,
  side: Side,
  isCongested: boolean,
): void {
  const event = { kind: 'congested', peer: connection.peers[side], isCongested } as const
  world.deliver(connection.link.ends[side], world.now(), event, connection)
}

/** Sends a message from one side of a connection to the other; whether it arrives is a matter of the link and its faults. */
export function transmit(world: PassageWorld, connection: Connection, side: Side, bytes: Uint8Array): void {
  const { link } = connection
  const from = link.ends[side]
  const to = link.ends[otherSide(side)]
  const state = link.states[side]
  if (state === 'hold') {
    hold(world, connection, side, bytes)
    world.observe(from, to, bytes, 'held', undefined)
    return
  }
  const now = world.now()
  const disturbed = world.passageOf({
    from: from.name,
    to: to.name,
    index: link.sent[side]++,
    at: now,
    bytes,
  })
  const passage: Passage = disturbed ?? { fate: 'delivered', bytes }
  // A stream of messages one of which was disturbed is no longer what its sender meant.
  if (state === 'down' || disturbed !== undefined) connection.damaged = true
  if (state === 'down' || passage.bytes === undefined) {
    world.observe(from, to, bytes, state === 'down' ? 'blocked' : passage.fate, undefined)
    return
  }
  const wanted = now + link.latencyMs + (passage.delayMs ?? 0)
  const arrivesAt = Math.max(wanted, connection.lastArrival[side])
  // A delayed message alone is overtaken by those that follow it.
  if (passage.delayMs === undefined) connection.lastArrival[side] = arrivesAt
  arrive(arrivesAt, passage.bytes)
  if (passage.copyAfterMs !== undefined) arrive(arrivesAt + passage.copyAfterMs, passage.bytes)
  world.observe(from, to, bytes, passage.fate, arrivesAt)

  function arrive(at: number, received: Uint8Array): void {
    const peer = connection.peers[otherSide(side)]
    world.deliver(to, at, { kind: 'received', peer, bytes: received }, connection)
  }
}
