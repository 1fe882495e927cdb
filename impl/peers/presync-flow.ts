import type { BlockNode } from '../chainstate/index.ts'
import type { BlockHeader } from '../wire/index.ts'
import { ByteWriter } from '../wire/index.ts'
import type { PeerContext } from './context.ts'
import { locatorOf } from './locator.ts'
import { encodeLocator } from './messages/headers.ts'
import type { Peer } from './peer.ts'
import { HeadersPresync } from './presync.ts'
import { PROTOCOL_VERSION } from './protocol.ts'
import { randomNonce } from './random.ts'

/** A full batch of a branch that has yet to show its work: begin to count. */
export function startPresync(
  context: PeerContext,
  peer: Peer,
  start: BlockNode,
  headers: readonly BlockHeader[],
  workNeeded: bigint,
): void {
  peer.presync = new HeadersPresync({
    start,
    limits: context.parameters.limits,
    hasher: context.hasher,
    workNeeded,
    now: Math.floor(context.now / 1000),
    salt: new ByteWriter(16).u64(randomNonce(context)).u64(randomNonce(context)).finish(),
    chance: context.entropy(),
  })
  continuePresync(context, peer, headers, true)
}

/** Feeds a batch to the peer's presync and asks on; returns the headers that may be stored, or nothing when it failed and is over. */
export function continuePresync(
  context: PeerContext,
  peer: Peer,
  headers: readonly BlockHeader[],
  isFull: boolean,
): readonly BlockHeader[] | undefined {
  const presync = peer.presync!
  const step = presync.take(headers, isFull)
  if (step.kind === 'failed') {
    peer.presync = undefined
    context.log('debug', `presync with peer ${peer.id} ended: ${step.reason}`)
    return undefined
  }
  if (presync.isDone || step.askFrom === undefined) peer.presync = undefined
  peer.headersAskedAt = 0
  if (step.askFrom !== undefined) {
    peer.headersAskedAt = context.now
    const locator = [step.askFrom, ...locatorOf(presync.start)]
    context.message(peer, 'getheaders', encodeLocator(PROTOCOL_VERSION, locator))
  }
  return step.released
}
