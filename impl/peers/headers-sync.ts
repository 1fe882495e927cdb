import type { BlockNode } from '../chainstate/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import type { BlockHeader, ByteReader } from '../wire/index.ts'
import { fetchAnnounced } from './block-fetch.ts'
import { protectFromEviction } from './chain-sync.ts'
import type { PeerContext } from './context.ts'
import { headersFault, lacksWork, workThreshold } from './header-work.ts'
import { locatorOf } from './locator.ts'
import { decodeHeaderCount, decodeHeaders, encodeLocator, HEADERS_MAX } from './messages/headers.ts'
import { offenceOf } from './offence.ts'
import type { Peer } from './peer.ts'
import { continuePresync, startPresync } from './presync-flow.ts'
import { PROTOCOL_VERSION } from './protocol.ts'
import { isPreferred, maySyncFrom, servesBlocks } from './services.ts'

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
  peer.headersDeadline = context.now + SYNC_MS + SYNC_MS_PER_HEADER * expected
}

function isRecent({ chain, now }: PeerContext): boolean {
  return chain.headerTip.time * 1000 > now - RECENT_MS
}

/** Gives up a peer that alone was asked for all headers and takes too long over it, when another could be asked. [Core SendMessages] */
export function checkHeadersSync(context: PeerContext, peer: Peer) {
  if (!peer.headersStarted || context.now < peer.headersDeadline) return
  if (isRecent(context)) {
    peer.headersDeadline = Number.POSITIVE_INFINITY
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
      other.headersAskedAt !== 0 &&
      now < other.headersAskedAt + options.headersResponseMs
    )
      return true
  return false
}

/** Sends getheaders, unless a younger request waits for its answer. */
export function askForHeaders(context: PeerContext, peer: Peer, from: BlockNode): boolean {
  const { now, options } = context
  if (peer.headersAskedAt !== 0 && now < peer.headersAskedAt + options.headersResponseMs) return false
  peer.headersAskedAt = now
  context.message(peer, 'getheaders', encodeLocator(PROTOCOL_VERSION, locatorOf(from)))
  return true
}

export function onHeaders(context: PeerContext, peer: Peer, reader: ByteReader) {
  const count = decodeHeaderCount(reader)
  if (count > HEADERS_MAX) return context.misbehaved(peer, `headers message size = ${count}`)
  const headers = decodeHeaders(reader, count, context.hasher)
  peer.headersHeardAt = context.now
  if (count > 0) return takeHeaders(context, peer, headers, count === HEADERS_MAX)
  peer.presync = undefined
  peer.headersAskedAt = 0
  askNextPeer(context)
}

/** At least one header. `isFull`: the peer may have more. [Core ProcessHeadersMessage] */
function takeHeaders(context: PeerContext, peer: Peer, headers: readonly BlockHeader[], isFull: boolean) {
  const { chain, hasher, parameters } = context
  const fault = headersFault(headers, parameters, hasher)
  if (fault !== undefined) return context.misbehaved(peer, fault)
  if (peer.presync?.continues(headers[0]!) === true) {
    const released = continuePresync(context, peer, headers, isFull)
    if (released !== undefined) {
      if (released.length > 0) storeHeaders(context, peer, released, false)
      return
    }
  }
  const parent = chain.node(headers[0]!.previousHash)
  if (parent === undefined) return takeUnconnected(context, peer, headers)
  // What connects is taken for the answer; what does not is no answer.
  peer.headersAskedAt = 0
  const threshold = workThreshold(chain.tip, parameters)
  if (!isKnownBranch(context, headers) && !peer.trusted && lacksWork(parent, headers, threshold)) {
    if (isFull) return startPresync(context, peer, parent, headers, threshold)
    return context.log('debug', `ignoring low-work headers of peer ${peer.id}`)
  }
  storeHeaders(context, peer, headers, isFull)
}

/** The chain of the headers below is asked for; the last one is remembered as what the peer has. */
function takeUnconnected(context: PeerContext, peer: Peer, headers: readonly BlockHeader[]) {
  askForHeaders(context, peer, context.chain.headerTip)
  noteAnnounced(context, peer, headers[headers.length - 1]!.hash)
}

/** Headers that cost no more memory, and knowing them gives nothing away. [Core IsAncestorOfBestHeaderOrTip] */
function isKnownBranch({ chain }: PeerContext, headers: readonly BlockHeader[]): boolean {
  const last = chain.node(headers[headers.length - 1]!.hash)
  return last !== undefined && (chain.headerTip.descendsFrom(last) || chain.isActive(last))
}

function storeHeaders(context: PeerContext, peer: Peer, headers: readonly BlockHeader[], isFull: boolean) {
  const { chain } = context
  for (const header of headers) {
    const verdict = judgeHeader(context, peer, header)
    if (verdict.outcome === 'stored' || verdict.outcome === 'duplicate') continue
    const offence = offenceOf(peer, verdict)
    if (offence !== undefined) context.misbehaved(peer, `invalid header received (${offence})`)
    return
  }
  const last = chain.node(headers[headers.length - 1]!.hash)
  if (last === undefined) return
  noteBlock(peer, last)
  if (isFull) askForHeaders(context, peer, last)
  else if (isUseless(context, peer)) return context.disconnect(peer, 'headers chain has insufficient work')
  else askNextPeer(context)
  protectFromEviction(context, peer)
  fetchAnnounced(context, peer, last)
}

/** It has told all of its chain, which is too short to catch up with. [Core UpdatePeerStateForReceivedHeaders] */
function isUseless(context: PeerContext, peer: Peer): boolean {
  return (
    peer.isReplaceable &&
    context.isCatchingUp() &&
    peer.best !== undefined &&
    peer.best.chainWork < context.parameters.minimumChainWork
  )
}

/** Judges and keeps a header from a peer, and tells of it when it is new. */
export function judgeHeader(context: PeerContext, peer: Peer, header: BlockHeader): BlockVerdict {
  const verdict = context.chain.acceptHeader(header, Math.floor(context.now / 1000))
  if (verdict.outcome !== 'duplicate') context.headerJudged(header.hash, verdict, peer.id)
  return verdict
}

/** One peer has told all it knows, or is gone: the others may have more. */
export function askNextPeer(context: PeerContext) {
  for (const peer of context.peers.values()) {
    if (peer.gone || !peer.established || peer.headersStarted) continue
    startHeaders(context, peer)
    if (peer.headersStarted) return
  }
}

/** A peer has this block: remember the best one. */
export function noteBlock(peer: Peer, node: BlockNode): void {
  if (peer.best === undefined || node.chainWork >= peer.best.chainWork) peer.best = node
}

/** A peer announced a block by its hash: note it now if its header is known, else as soon as it is. */
export function noteAnnounced(context: PeerContext, peer: Peer, hash: Uint8Array): void {
  resolveAnnounced(context, peer)
  const node = context.chain.node(hash)
  if (node === undefined) peer.announcedUnknown = hash.slice()
  else noteBlock(peer, node)
}

export function resolveAnnounced(context: PeerContext, peer: Peer): void {
  if (peer.announcedUnknown === undefined) return
  const node = context.chain.node(peer.announcedUnknown)
  if (node === undefined) return
  peer.announcedUnknown = undefined
  noteBlock(peer, node)
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
  const { headersDeadline } = peer
  return headersDeadline > context.now
    ? Math.min(pollAt(context, peer), headersDeadline)
    : pollAt(context, peer)
}

/** The peer wants new blocks announced by their headers. [BIP130] */
export function onSendHeaders(_context: PeerContext, peer: Peer): void {
  peer.wantsHeaders = true
}
