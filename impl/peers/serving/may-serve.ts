import type { BlockNode } from '../../chainstate/index.ts'
import { workOf } from '../../validation/index.ts'
import type { PeerContext } from '../context.ts'

/** Blocks off the active chain are served for a month. [Core STALE_RELAY_AGE_LIMIT] */
const STALE_SECONDS_MAX = 30 * 24 * 3600

/**
 * What lies off the active chain is served only when it was valid once and is recent, by the clock and by the work that
 * was done since: who remembers more than others could be recognised by it. [Core BlockRequestAllowed]
 */
export function mayServe({ chain, parameters }: PeerContext, node: BlockNode): boolean {
  if (chain.isActive(node)) return true
  if (node.undo === undefined || node.isFailed) return false
  const best = chain.headerTip
  const spacing = BigInt(parameters.limits.targetSpacing)
  const secondsOfWork = ((best.chainWork - node.chainWork) * spacing) / workOf(best.bits)
  return best.time - node.time < STALE_SECONDS_MAX && secondsOfWork < BigInt(STALE_SECONDS_MAX)
}
