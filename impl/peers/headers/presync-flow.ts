import type { BlockNode } from '../../chainstate/index.ts'
import type { BlockHeader } from '../../wire/index.ts'
import { encodeLocator, PROTOCOL_VERSION } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { createPresync } from './create-presync.ts'
import { locatorOf } from './locator.ts'

/** A full batch of a branch that has yet to show its work: begin to count. */
export function startPresync(
  context: PeerContext,
  peer: Peer,
  start: BlockNode,
  headers: readonly BlockHeader[],
  workNeeded: bigint,
): void {
  peer.presync = createPresync(context, start, workNeeded)
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
