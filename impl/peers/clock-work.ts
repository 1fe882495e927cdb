import { checkDownload, downloadDueAt, type StallPatience } from './blocks/block-timeouts.ts'
import { keepAlive, keepAliveAt } from './connection/keep-alive.ts'
import type { PeerContext } from './context.ts'
import { checkLag, lagDueAt } from './headers/chain-sync.ts'
import { askForHeaders, checkHeadersSync, headersDueAt, pollHeaders } from './headers/headers-requests.ts'
import { updateFeeFilter } from './transactions/fee-filter.ts'
import { askForTransactions } from './transactions/transaction-requests.ts'
import { announceTransaction, sendAnnouncements } from './transactions/trickle.ts'

/** Does what is due by the clock, for every peer. */
export function doWhatIsDue(context: PeerContext, patience: StallPatience): void {
  askForTransactions(context)
  announceAgain(context)
  for (const peer of context.peers.values()) {
    keepAlive(context, peer)
    checkDownload(context, peer, patience)
    checkHeadersSync(context, peer)
    checkLag(context, peer, (from) => askForHeaders(context, peer, from))
    pollHeaders(context, peer)
    sendAnnouncements(context, peer)
    updateFeeFilter(context, peer)
  }
}

function announceAgain(context: PeerContext): void {
  const { now, pool, unbroadcast } = context
  if (now < unbroadcast.dueAt) return
  for (const key of unbroadcast.due(now, context.entropy())) {
    const entry = pool.get(key)
    if (entry === undefined) unbroadcast.remove(key)
    else announceTransaction(context, entry)
  }
}

/** When `doWhatIsDue` next has something to do. */
export function nextDueAt(context: PeerContext, patience: StallPatience): number {
  let next = Math.min(context.requests.nextAt, context.unbroadcast.dueAt)
  for (const peer of context.peers.values())
    next = Math.min(
      next,
      keepAliveAt(context, peer),
      downloadDueAt(context, peer, patience),
      headersDueAt(context, peer),
      lagDueAt(peer),
      peer.announcements.size > 0 ? peer.announceAt : Number.POSITIVE_INFINITY,
    )
  return next
}
