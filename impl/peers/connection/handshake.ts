import { randomNonce } from '../../collections/index.ts'
import type { ByteReader } from '../../wire/index.ts'
import {
  COMPACT_BLOCKS_VERSION,
  decodeVersion,
  EMPTY_BYTES,
  encodeVersion,
  PROTOCOL_VERSION,
  PROTOCOL_VERSION_MIN,
  SERVICE_COMPACT_FILTERS,
  SERVICE_NETWORK,
  SERVICE_NETWORK_LIMITED,
  SERVICE_WITNESS,
  WTXID_RELAY_VERSION,
} from '../../wire/index.ts'
import { sendCompact } from '../blocks/compact-announce.ts'
import type { PeerContext } from '../context.ts'
import { startHeaders } from '../headers/headers-requests.ts'
import type { PeerOptions } from '../options.ts'
import type { Peer } from '../peer.ts'
import { sendFeeFilter } from '../transactions/fee-filter.ts'
import { sendPing } from './keep-alive.ts'
import { wantedServices } from './services.ts'

/** What is heard between version and verack. [Core ProcessMessage] */
const NEGOTIATION: ReadonlySet<string> = new Set([
  'version',
  'verack',
  'wtxidrelay',
  'sendaddrv2',
  'sendheaders',
  'sendcmpct',
])
/** A peer that keeps the latest blocks only will do while the tip is younger than so many block intervals. [Core NODE_NETWORK_LIMITED_ALLOW_CONN_BLOCKS] */
const LIMITED_PEER_INTERVALS = 144

/** Whether a message of the peer may be heard yet; one that may not is said in the log, in Core's words. */
export function isHeard(context: PeerContext, peer: Peer, command: string): boolean {
  const isEarly = peer.version === undefined
  if (peer.established || (isEarly ? command === 'version' : NEGOTIATION.has(command))) return true
  const said = isEarly
    ? `non-version message before version handshake. Message "${command}" from`
    : `Unsupported message "${command}" prior to verack from`
  context.log('debug', `${said} peer=${peer.id}`)
  return false
}

/** Who connects speaks first. */
export function openHandshake(context: PeerContext, peer: Peer): void {
  if (!peer.inbound) sendVersion(context, peer)
}

/** What the node offers its peers. */
export function ownServices({ blockFilters }: Pick<PeerOptions, 'blockFilters'>): bigint {
  const filters = blockFilters ? SERVICE_COMPACT_FILTERS : 0n
  return SERVICE_NETWORK | SERVICE_WITNESS | SERVICE_NETWORK_LIMITED | filters
}

function sendVersion(context: PeerContext, peer: Peer) {
  const { options, chain } = context
  peer.connection.nonce = randomNonce(context)
  const payload = encodeVersion({
    version: PROTOCOL_VERSION,
    services: ownServices(options),
    time: BigInt(Math.floor(context.now / 1000)),
    nonce: peer.connection.nonce,
    userAgent: options.userAgent,
    startHeight: chain.tip.height,
    relay: options.relayTransactions && peer.purpose === 'everything',
  })
  context.message(peer, 'version', payload)
}

export function onVersion(context: PeerContext, peer: Peer, reader: ByteReader) {
  if (peer.version !== undefined)
    return context.log('debug', `redundant version message from peer=${peer.id}`)
  const version = decodeVersion(reader)
  const wanted = wantedServices(version.services, isNearTip(context))
  if (peer.isReplaceable && peer.purpose !== 'feeler' && (version.services & wanted) !== wanted)
    return context.disconnect(
      peer,
      `peer does not offer the expected services (${hex8(version.services)} offered, ${hex8(wanted)} expected)`,
    )
  if (version.version < PROTOCOL_VERSION_MIN)
    return context.disconnect(peer, `peer using obsolete version ${version.version}`)
  if (peer.inbound && isOwnNonce(context, version.nonce)) return context.disconnect(peer, 'connected to self')
  peer.version = version
  if (peer.inbound) sendVersion(context, peer)
  if (peer.commonVersion >= WTXID_RELAY_VERSION)
    for (const wish of ['wtxidrelay', 'sendaddrv2']) context.message(peer, wish, EMPTY_BYTES)
  context.message(peer, 'verack', EMPTY_BYTES)
  if (peer.purpose === 'feeler') context.disconnect(peer, 'feeler connection completed')
}

function hex8(services: bigint): string {
  return services.toString(16).padStart(8, '0')
}

function isNearTip({ chain, now, parameters }: PeerContext): boolean {
  return now - chain.tip.time * 1000 < LIMITED_PEER_INTERVALS * parameters.limits.targetSpacing * 1000
}

function isOwnNonce(context: PeerContext, nonce: bigint): boolean {
  if (nonce === 0n) return false
  for (const other of context.peers.values())
    if (!other.inbound && !other.established && other.connection.nonce === nonce) return true
  return false
}

/** Transactions are announced by their ids with witness; only before the handshake is over. [BIP339] */
export function onWtxidRelay(context: PeerContext, peer: Peer) {
  if (peer.established) return context.disconnect(peer, 'wtxidrelay received after verack')
  if (peer.commonVersion >= WTXID_RELAY_VERSION) peer.wtxidRelay = true
}

/** Addresses are not gossiped here, so the wish for the newer form is only checked for its time. [BIP155] */
export function onSendAddrV2(context: PeerContext, peer: Peer): void {
  if (peer.established) context.disconnect(peer, 'sendaddrv2 received after verack')
}

export function onVerack(context: PeerContext, peer: Peer) {
  if (peer.version === undefined) return
  if (peer.established) return context.log('debug', `ignoring redundant verack message, peer=${peer.id}`)
  peer.established = true
  peer.headersHeardAt = context.now
  if (context.options.compactBlocks && peer.commonVersion >= COMPACT_BLOCKS_VERSION)
    context.message(peer, 'sendcmpct', sendCompact(false))
  sendPing(context, peer)
  sendFeeFilter(context, peer)
  startHeaders(context, peer)
}
