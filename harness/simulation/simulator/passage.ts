import type { MessageFate, NodeEvent } from '../../ports/index.ts'
import type { Host } from './host.ts'
import { type Connection, otherSide, type Side } from './link.ts'

/** What befalls one message. `argument`: further delay in ms (delay, duplicate), or position of the flipped byte. */
export interface MessageFault {
  readonly kind: 'drop' | 'duplicate' | 'delay' | 'corrupt'
  readonly argument: number
}

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
  faultOf(message: PassingMessage): MessageFault | undefined
  observe(from: Host, to: Host, bytes: Uint8Array, fate: MessageFate, arrivesAt: number | undefined): void
}

/** Sends a message from one side of a connection to the other; whether it arrives is a matter of the link and its faults. */
export function transmit(world: PassageWorld, connection: Connection, side: Side, bytes: Uint8Array): void {
  const { link } = connection
  const from = link.ends[side]
  const to = link.ends[otherSide(side)]
  const state = link.states[side]
  if (state === 'hold') {
    link.held.push({ connection, side, bytes })
    world.observe(from, to, bytes, 'held', undefined)
    return
  }
  const now = world.now()
  const fault = world.faultOf({ from: from.name, to: to.name, index: link.sent[side]++, at: now, bytes })
  // Whatever happens to a message, the stream of messages is no longer what its sender meant.
  if (state === 'down' || fault !== undefined) connection.damaged = true
  if (state === 'down' || fault?.kind === 'drop') {
    world.observe(from, to, bytes, state === 'down' ? 'blocked' : 'dropped', undefined)
    return
  }
  const wanted = now + link.latencyMs + (fault?.kind === 'delay' ? fault.argument : 0)
  const arrivesAt = Math.max(wanted, connection.lastArrival[side])
  // A delayed message alone is overtaken by those that follow it.
  if (fault?.kind !== 'delay') connection.lastArrival[side] = arrivesAt
  arrive(arrivesAt, fault?.kind === 'corrupt' ? flip(bytes, fault.argument) : bytes)
  if (fault?.kind === 'duplicate') arrive(arrivesAt + fault.argument, bytes)
  world.observe(from, to, bytes, fateOf(fault), arrivesAt)

  function arrive(at: number, received: Uint8Array): void {
    const peer = connection.peers[otherSide(side)]
    world.deliver(to, at, { kind: 'received', peer, bytes: received }, connection)
  }
}

function fateOf(fault: MessageFault | undefined): MessageFate {
  if (fault === undefined || fault.kind === 'drop') return 'delivered'
  return fault.kind === 'duplicate' ? 'duplicated' : fault.kind === 'delay' ? 'delayed' : 'corrupted'
}

/** A copy with one bit of one byte inverted. */
function flip(bytes: Uint8Array, position: number): Uint8Array {
  const copy = bytes.slice()
  if (copy.length > 0) copy[position % copy.length]! ^= 1
  return copy
}
