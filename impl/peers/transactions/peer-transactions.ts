import { RecentFingerprints } from '../../collections/index.ts'

const KNOWN_TRANSACTIONS_MAX = 50_000

/** Which transactions one peer knows and wants. Times in milliseconds; 0 stands for never. */
export class PeerTransactions {
  readonly knownTransactions = new RecentFingerprints(KNOWN_TRANSACTIONS_MAX)
  /** Keys of transactions to announce. */
  readonly announcements = new Set<string>()
  announceAt = 0
  /** The pool's entries before this sequence number may have been announced to it. */
  announcedUpTo = 1
  /** Keys, with witness, of orphans of it that are to be tried again. */
  readonly retries = new Set<string>()
  /** An announcement by hash had it asked for headers out of turn. */
  wasAskedForInv = false
  /** Sats per 1,000 virtual bytes below which it wants to hear of nothing. [BIP133] */
  feeFilter = 0
  feeFilterSent = -1
  feeFilterAt = 0
}
