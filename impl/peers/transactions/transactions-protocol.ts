import type { PeerContext } from '../context.ts'
import type { Protocol } from '../protocol.ts'
import { onInventory, onNotFound } from './inventory.ts'
import { askForTransactions } from './transaction-requests.ts'
import { onTransaction } from './transactions.ts'
import { announceTransaction, sendAnnouncements } from './trickle.ts'

/** Transactions: announced, requested and received. [BIP339] */
export const transactionsProtocol: Protocol = {
  handlers: { inv: onInventory, notfound: onNotFound, tx: onTransaction },
  tick(context) {
    askForTransactions(context)
    announceAgain(context)
  },
  tickPeer: sendAnnouncements,
  nextAt: ({ requests, unbroadcast }) => Math.min(requests.nextAt, unbroadcast.dueAt),
  nextAtPeer: (_context, { transactions: { announcements, announceAt } }) =>
    announcements.size > 0 ? announceAt : Number.POSITIVE_INFINITY,
  forget({ requests, orphans }, peer) {
    requests.forgetPeer(peer)
    orphans.forgetPeer(peer.id)
  },
}

/** Announces once more what no peer has asked for yet. */
function announceAgain(context: PeerContext): void {
  const { now, pool, unbroadcast } = context
  if (now < unbroadcast.dueAt) return
  for (const key of unbroadcast.due(now, context.entropy())) {
    const entry = pool.get(key)
    if (entry === undefined) unbroadcast.remove(key)
    else announceTransaction(context, entry)
  }
}
