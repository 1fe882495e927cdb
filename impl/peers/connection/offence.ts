import type { BlockVerdict } from '../../validation/index.ts'
import { MUST_SIGNAL } from '../blocks/non-signalling-blocks.ts'
import type { Peer } from '../peer.ts'

/**
 * For what a peer is to blame that sent a block or header of this verdict, or nothing. What is only premature may be a
 * matter of clocks; what was known to be invalid before is held against those alone that we may replace, and not when
 * it came in compact form, which peers pass on before they judge. That a block below turned out invalid only later is
 * nobody's fault. [Core MaybePunishNodeForBlock, BIP152]
 */
export function offenceOf(peer: Peer, verdict: BlockVerdict, isCompact = false): string | undefined {
  if (verdict.outcome !== 'rejected' && verdict.outcome !== 'invalid-ancestor') return undefined
  if (verdict.outcome === 'rejected' && verdict.class === 'premature') return undefined
  if (verdict.reason === MUST_SIGNAL) return undefined
  if (verdict.reason === 'duplicate-invalid' && (peer.inbound || isCompact)) return undefined
  return verdict.reason
}
