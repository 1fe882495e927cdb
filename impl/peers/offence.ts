import type { BlockVerdict } from '../validation/index.ts'
import type { Peer } from './peer.ts'

/**
 * For what a peer is to blame that sent a block or header of this verdict, or nothing. What is only premature may be a
 * matter of clocks; what was known to be invalid before is held against those alone that we chose to connect to.
 * [Core MaybePunishNodeForBlock]
 */
export function offenceOf(peer: Peer, verdict: BlockVerdict): string | undefined {
  if (verdict.outcome !== 'rejected' && verdict.outcome !== 'invalid-ancestor') return undefined
  if (verdict.outcome === 'rejected' && verdict.class === 'premature') return undefined
  if (verdict.reason === 'duplicate-invalid' && peer.inbound) return undefined
  return verdict.reason ?? verdict.outcome
}
