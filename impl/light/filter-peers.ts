import type { LightContext, LightPeer } from './types.ts'

/** Whom to ask about filters. */
export function filterPeers({ peers }: LightContext): LightPeer[] {
  return [...peers.values()].filter((peer) => peer.isReady && peer.servesFilters && peer.hasSentHeaders)
}
