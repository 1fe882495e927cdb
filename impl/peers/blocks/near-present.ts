import type { PeerContext } from '../context.ts'

/** Blocks are fetched straight from their announcements while the tip is younger than so many block intervals. [Core CanDirectFetch] */
const INTERVALS = 20

export function isNearPresent({ chain, now, parameters }: PeerContext): boolean {
  return chain.tip.time * 1000 > now - INTERVALS * parameters.limits.targetSpacing * 1000
}
