import { RecentSet } from '../../collections/index.ts'
import { FeeRounder } from './fee-rounder.ts'

const REFUSED_MAX = 120_000

/** What relaying transactions knows beside its peers. */
export class SharedTransactions {
  /** Key of the latest announced block for which a peer was asked for headers out of turn. */
  askedForInv: string | undefined
  /** When the inbound peers next hear of transactions. */
  announceToInboundAt = 0
  readonly feeRounder = new FeeRounder()
  /** Those refused since the tip changed, by txid and by wtxid. */
  readonly refused = new RecentSet(REFUSED_MAX)
}
