import type { ByteReader } from '../wire/index.ts'
import { EMPTY_BYTES } from '../wire/index.ts'
import { sendCompact } from './compact-announce.ts'
import type { PeerContext } from './context.ts'
import { sendFeeFilter } from './fee-filter.ts'
import { startHeaders } from './headers-sync.ts'
import { sendPing } from './keep-alive.ts'
import { decodeVersion, encodeVersion } from './messages/version.ts'
import type { Peer } from './peer.ts'
import {
  PROTOCOL_VERSION,
  PROTOCOL_VERSION_MIN,
  SERVICE_COMPACT_FILTERS,
  SERVICE_NETWORK,
  SERVICE_NETWORK_LIMITED,
  SERVICE_WITNESS,
  WTXID_RELAY_VERSION,
} from './protocol.ts'
import { randomNonce } from './random.ts'

/** Messages that are heard before the handshake is over. */
export function isHandshakeMessage(command: string): boolean {
  return command === 'version' || command === 'verack' || command === 'wtxidrelay' || command === 'sendaddrv2'
}

/** Who connects speaks first. */
export function openHandshake(context: PeerContext, peer: Peer): void {
  if (!peer.inbound) sendVersion(context, peer)
}

function sendVersion(context: PeerContext, peer: Peer) {
  const { options, chain } = context
  peer.nonce = randomNonce(context)
  const services =
    SERVICE_NETWORK |
    SERVICE_WITNESS |
    SERVICE_NETWORK_LIMITED |
    (options.blockFilters ? SERVICE_COMPACT_FILTERS : 0n)
  const payload = encodeVersion({
    version: PROTOCOL_VERSION,
    services,
    time: BigInt(Math.floor(context.now / 1000)),
    nonce: peer.nonce,
    userAgent: options.userAgent,
    startHeight: chain.tip.height,
    relay: options.relayTransactions,
  })
  context.message(peer, 'version', payload)
}

export function onVersion(context: PeerContext, peer: Peer, reader: ByteReader) {
  if (peer.version !== undefined) return
  const version = decodeVersion(reader)
  if (version.version < PROTOCOL_VERSION_MIN)
    return context.disconnect(peer, `obsolete protocol version ${version.version}`)
  if (peer.inbound && isOwnNonce(context, version.nonce))
    return context.disconnect(peer, 'connected to itself')
  peer.version = version
  if (peer.inbound) sendVersion(context, peer)
  if (version.version >= WTXID_RELAY_VERSION) context.message(peer, 'wtxidrelay', EMPTY_BYTES)
  context.message(peer, 'verack', EMPTY_BYTES)
}

function isOwnNonce(context: PeerContext, nonce: bigint): boolean {
  if (nonce === 0n) return false
  for (const other of context.peers.values())
    if (!other.inbound && !other.established && other.nonce === nonce) return true
  return false
}

/** Transactions are announced by their ids with witness; only before the handshake is over. [BIP339] */
export function onWtxidRelay(context: PeerContext, peer: Peer) {
  if (peer.established) return context.disconnect(peer, 'wtxidrelay received after verack')
  if ((peer.version?.version ?? 0) >= WTXID_RELAY_VERSION) peer.wtxidRelay = true
}

/** Addresses are not gossiped here, so the wish for the newer form is only checked for its time. [BIP155] */
export function onSendAddrV2(context: PeerContext, peer: Peer): void {
  if (peer.established) context.disconnect(peer, 'sendaddrv2 received after verack')
}

export function onVerack(context: PeerContext, peer: Peer): void {
  if (peer.established || peer.version === undefined) return
  peer.established = true
  peer.headersHeardAt = context.now
  if (context.options.compactBlocks) context.message(peer, 'sendcmpct', sendCompact(false))
  sendPing(context, peer)
  sendFeeFilter(context, peer)
  startHeaders(context, peer)
}
