import type { BlockNode } from '../../chainstate/index.ts'
import type { BlockVerdict } from '../../validation/index.ts'
import type { BlockHeader, ByteReader } from '../../wire/index.ts'
import {
  decodeHeaderCount,
  decodeHeaders,
  encodeLocator,
  HEADERS_MAX,
  PROTOCOL_VERSION,
} from '../../wire/index.ts'
import { fetchAnnounced } from '../blocks/block-fetch.ts'
import { offenceOf } from '../connection/offence.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { protectFromEviction } from './chain-sync.ts'
import { headersFault, lacksWork, workThreshold } from './header-work.ts'
import { askForHeaders, askNextPeer } from './headers-requests.ts'
import { locatorOf } from './locator.ts'
import { createPresync } from './presync.ts'

export function onHeaders(context: PeerContext, peer: Peer, reader: ByteReader) {
  const count = decodeHeaderCount(reader)
  if (count > HEADERS_MAX) return context.misbehaved(peer, `headers message size = ${count}`)
  const headers = decodeHeaders(reader, count, context.hasher)
  peer.headersHeardAt = context.now
  if (count > 0) return takeHeaders(context, peer, headers, count === HEADERS_MAX)
  peer.headers.presync = undefined
  peer.headers.headersAskedAt = 0
  askNextPeer(context)
}

/** At least one header. `isFull`: the peer may have more. [Core ProcessHeadersMessage] */
function takeHeaders(context: PeerContext, peer: Peer, headers: readonly BlockHeader[], isFull: boolean) {
  const { chain, hasher, parameters } = context
  const fault = headersFault(headers, parameters, hasher)
  if (fault !== undefined) return context.misbehaved(peer, fault)
  if (peer.headers.presync?.continues(headers[0]!) === true) {
    const released = continuePresync(context, peer, headers, isFull)
    if (released !== undefined) {
      if (released.length > 0) storeHeaders(context, peer, released, false)
      return
    }
  }
  const parent = chain.node(headers[0]!.previousHash)
  if (parent === undefined) return takeUnconnected(context, peer, headers)
  // What connects is taken for the answer; what does not is no answer.
  peer.headers.headersAskedAt = 0
  const threshold = workThreshold(chain.tip, parameters)
  if (!isKnownBranch(context, headers) && !peer.trusted && lacksWork(parent, headers, threshold)) {
    if (isFull) return startPresync(context, peer, parent, headers, threshold)
    return context.log(
      'debug',
      `Ignoring low-work chain (height=${parent.height + headers.length}) from peer=${peer.id}`,
    )
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
  const before = chain.headerTip
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
  if (chain.headerTip !== before && context.isCatchingUp()) logProgress(context, last)
  if (isFull) askForHeaders(context, peer, last)
  else if (isUseless(context, peer)) return context.disconnect(peer, 'headers chain has insufficient work')
  else askNextPeer(context)
  protectFromEviction(context, peer)
  fetchAnnounced(context, peer, last)
}

function logProgress({ log, now, parameters }: PeerContext, last: BlockNode): void {
  const missing = Math.max(0, now / 1000 - last.time) / parameters.limits.targetSpacing
  const share = (100 * last.height) / (last.height + missing)
  log('info', `Synchronizing blockheaders, height: ${last.height} (~${share.toFixed(2)}%)`)
}

/** It has sent all of its chain, which is too short to catch up with. [Core UpdatePeerStateForReceivedHeaders] */
function isUseless(context: PeerContext, peer: Peer): boolean {
  return (
    peer.isReplaceable &&
    context.isCatchingUp() &&
    peer.best !== undefined &&
    peer.best.chainWork < context.parameters.minimumChainWork
  )
}

/** Judges and keeps a header from a peer, and announces it when it is new. */
export function judgeHeader(context: PeerContext, peer: Peer, header: BlockHeader): BlockVerdict {
  const verdict = context.chain.acceptHeader(header, Math.floor(context.now / 1000))
  context.nonSignalling.note(header.hash, verdict)
  if (verdict.outcome !== 'duplicate') context.headerJudged(header.hash, verdict, peer.id)
  return verdict
}

/** A peer has this block: remember the best one. */
export function noteBlock(peer: Peer, node: BlockNode): void {
  if (peer.best === undefined || node.chainWork >= peer.best.chainWork) peer.best = node
}

/** A peer announced a block by its hash: note it now if its header is known, else as soon as it is. */
export function noteAnnounced(context: PeerContext, peer: Peer, hash: Uint8Array): void {
  resolveAnnounced(context, peer)
  const node = context.chain.node(hash)
  if (node === undefined) peer.headers.announcedUnknown = hash.slice()
  else noteBlock(peer, node)
}

export function resolveAnnounced(context: PeerContext, peer: Peer): void {
  if (peer.headers.announcedUnknown === undefined) return
  const node = context.chain.node(peer.headers.announcedUnknown)
  if (node === undefined) return
  peer.headers.announcedUnknown = undefined
  noteBlock(peer, node)
}

/** The peer wants new blocks announced by their headers. [BIP130] */
export function onSendHeaders(_context: PeerContext, peer: Peer): void {
  peer.wantsHeaders = true
}

/** A full batch of a branch that has yet to show its work: begin to count. */
function startPresync(
  context: PeerContext,
  peer: Peer,
  start: BlockNode,
  headers: readonly BlockHeader[],
  workNeeded: bigint,
): void {
  peer.headers.presync = createPresync(context, start, workNeeded)
  continuePresync(context, peer, headers, true)
}

/** Feeds a batch to the peer's presync and asks on; returns the headers that may be stored, or nothing when it failed and is over. */
function continuePresync(
  context: PeerContext,
  peer: Peer,
  headers: readonly BlockHeader[],
  isFull: boolean,
): readonly BlockHeader[] | undefined {
  const presync = peer.headers.presync!
  const step = presync.take(headers, isFull)
  if (step.kind === 'failed') {
    peer.headers.presync = undefined
    context.log('debug', `presync with peer ${peer.id} ended: ${step.reason}`)
    return undefined
  }
  if (presync.isDone || step.askFrom === undefined) peer.headers.presync = undefined
  peer.headers.headersAskedAt = 0
  if (step.askFrom !== undefined) {
    peer.headers.headersAskedAt = context.now
    const locator = [step.askFrom, ...locatorOf(presync.start)]
    context.message(peer, 'getheaders', encodeLocator(PROTOCOL_VERSION, locator))
  }
  return step.released
}
