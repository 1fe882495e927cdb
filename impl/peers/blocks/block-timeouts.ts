import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { askAllForBlocks } from './block-fetch.ts'

/** Gives up a peer that holds up the others, or whose first block in line does not come. */
export function checkDownload(context: PeerContext, peer: Peer) {
  if (
    peer.blocks.stallingSince !== 0 &&
    context.now >= peer.blocks.stallingSince + context.blocks.stallPatience.ms
  ) {
    context.blocks.stallPatience.grow()
    context.log(
      'debug',
      `Increased stalling timeout temporarily to ${context.blocks.stallPatience.ms / 1000} seconds`,
    )
    return context.disconnect(peer, 'Peer is stalling block download')
  }
  if (peer.blocks.inFlight.size > 0 && context.now >= downloadDeadline(context, peer))
    return context.disconnect(peer, 'timeout downloading a block')
}

/** When `checkDownload` next has something to do. */
export function downloadDueAt(context: PeerContext, peer: Peer): number {
  const stall =
    peer.blocks.stallingSince === 0
      ? Number.POSITIVE_INFINITY
      : peer.blocks.stallingSince + context.blocks.stallPatience.ms
  return peer.blocks.inFlight.size === 0 ? stall : Math.min(stall, downloadDeadline(context, peer))
}

function downloadDeadline({ options, parameters, downloads, peers }: PeerContext, peer: Peer): number {
  const others = Math.max(0, downloads.peersAtWork(peers.values()) - 1)
  const intervals = options.blockIntervals + 0.5 * others
  return peer.blocks.downloadingSince + intervals * parameters.limits.targetSpacing * 1000
}

/** What a peer that leaves owed is asked from others. */
export function releaseDownloads(context: PeerContext, peer: Peer): void {
  const owed = [...peer.blocks.inFlight.keys()]
  for (const key of owed) context.downloads.remove(peer, key, context.now)
  if (owed.length > 0) askAllForBlocks(context)
}
