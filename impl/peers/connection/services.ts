import { SERVICE_NETWORK, SERVICE_NETWORK_LIMITED, SERVICE_WITNESS } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'

function servicesOf(peer: Peer): bigint {
  return peer.version?.services ?? 0n
}

/** Whether it has blocks to give, all or the latest. [Core CanServeBlocks] */
export function servesBlocks(peer: Peer): boolean {
  return (servicesOf(peer) & (SERVICE_NETWORK | SERVICE_NETWORK_LIMITED)) !== 0n
}

/** Whether its blocks come with witnesses. */
export function servesWitnesses(peer: Peer): boolean {
  return (servicesOf(peer) & SERVICE_WITNESS) !== 0n
}

/** Whether it keeps the latest blocks only. [BIP159] */
export function isLimited(peer: Peer): boolean {
  return (servicesOf(peer) & SERVICE_NETWORK) === 0n
}

/** Whom to ask first: inbound peers are free for an attacker; outbound peers are our choice. [Core fPreferredDownload] */
export function isPreferred(peer: Peer): boolean {
  return (!peer.inbound || peer.trusted) && servesBlocks(peer)
}

/** Whether to fetch the bulk of the chain from it: from others only when none that is preferred is there, or nothing is on its way. */
export function maySyncFrom({ peers, downloads }: PeerContext, peer: Peer): boolean {
  if (isPreferred(peer) || downloads.size === 0) return true
  for (const other of peers.values()) if (isPreferred(other)) return false
  return true
}

/**
 * What we look for in peers that we choose: witnesses, and all blocks; the latest blocks when near the tip and the peer
 * offers no more. [Core GetDesirableServiceFlags]
 */
export function wantedServices(offered: bigint, isNearTip: boolean): bigint {
  const isLimitedEnough = isNearTip && (offered & SERVICE_NETWORK_LIMITED) !== 0n
  return SERVICE_WITNESS | (isLimitedEnough ? SERVICE_NETWORK_LIMITED : SERVICE_NETWORK)
}
