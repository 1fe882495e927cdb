import type { BlockNode } from '../../chainstate/index.ts'
import { encodeLocator, PROTOCOL_VERSION } from '../../wire/index.ts'
import { isPreferred, maySyncFrom, servesBlocks } from '../connection/services.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { locatorOf } from './locator.ts'

/** A node whose best header is younger asks every peer; an older one asks one at a time. */
const RECENT_MS = 24 * 3600 * 1000

/** Time for the headers up to now, and for each header that is expected. [Core HEADERS_DOWNLOAD_TIMEOUT_BASE, _PER_HEADER] */
const SYNC_MS = 15 * 60_000
const SYNC_MS_PER_HEADER = 1

/** Asks a new peer for headers, unless another is being asked for the bulk of the chain already. */
export function startHeaders(context: PeerContext, peer: Peer) {
  if (!servesBlocks(peer)) return
  const best = context.chain.headerTip
  if (!isRecent(context) && (syncingElsewhere(context, peer) || !maySyncFrom(context, peer))) return
  // From the parent of the best header, so that an honest peer has at least one header to answer with.
  if (!askForHeaders(context, peer, best.previous ?? best)) return
  const expected = (context.now - best.time * 1000) / (context.parameters.limits.targetSpacing * 1000)
  peer.headersStarted = true
  peer.headers.headersDeadline = context.now + SYNC_MS + SYNC_MS_PER_HEADER * expected
}

function isRecent({ chain, now }: PeerContext): boolean {
  return chain.headerTip.time * 1000 > now - RECENT_MS
}

/** Gives up a peer that alone was asked for all headers and takes too long over it, when another could be asked. [Core SendMessages] */
export function checkHeadersSync(context: PeerContext, peer: Peer) {
  if (!peer.headersStarted || context.now < peer.headers.headersDeadline) return
  if (isRecent(context)) {
    peer.headers.headersDeadline = Number.POSITIVE_INFINITY
    return
  }
  let isAlone = true
  let hasSubstitute = false
  for (const other of context.peers.values()) {
    if (other === peer) continue
    if (other.headersStarted) isAlone = false
    if (isPreferred(other)) hasSubstitute = true
  }
  if (isAlone && hasSubstitute && !peer.trusted) context.disconnect(peer, 'timeout downloading headers')
}

function syncingElsewhere({ peers, now, options }: PeerContext, peer: Peer): boolean {
  for (const other of peers.values())
    if (
      other !== peer &&
      other.headers.headersAskedAt !== 0 &&
      now < other.headers.headersAskedAt + options.headersResponseMs
    )
      return true
  return false
}

/** One peer has sent all it knows, or is gone: the others may have more. */
export function askNextPeer(context: PeerContext) {
  for (const peer of context.peers.values()) {
    if (peer.gone || !peer.established || peer.headersStarted) continue
    startHeaders(context, peer)
    if (peer.headersStarted) return
  }
}

/** Sends getheaders, unless a younger request waits for its answer. */
export function askForHeaders(context: PeerContext, peer: Peer, from: BlockNode): boolean {
  const { now, options } = context
  if (peer.headers.headersAskedAt !== 0 && now < peer.headers.headersAskedAt + options.headersResponseMs)
    return false
  peer.headers.headersAskedAt = now
  context.message(peer, 'getheaders', encodeLocator(PROTOCOL_VERSION, locatorOf(from)))
  return true
}

/** A peer that has been silent for long is asked whether it has anything new. */
export function pollHeaders(context: PeerContext, peer: Peer): void {
  if (!peer.established || context.now < pollAt(context, peer)) return
  peer.headersHeardAt = context.now
  const best = context.chain.headerTip
  askForHeaders(context, peer, best.previous ?? best)
}

function pollAt({ options }: PeerContext, peer: Peer): number {
  return peer.headersHeardAt + options.headersPollMs
}

/** When `pollHeaders` or `checkHeadersSync` next has something to do. */
export function headersDueAt(context: PeerContext, peer: Peer): number {
  if (!peer.established) return Number.POSITIVE_INFINITY
  const { headersDeadline } = peer.headers
  return headersDeadline > context.now
    ? Math.min(pollAt(context, peer), headersDeadline)
    : pollAt(context, peer)
}
