import { poissonDelay } from '../../collections/index.ts'
import type { PoolEntry } from '../../mempool/index.ts'
import type { InventoryItem } from '../../wire/index.ts'
import { encodeInventory, INV_TX, INV_WTX } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'

/** Announcements in one message: this many, some more for each thousand that wait, and never beyond the limit. [Core INVENTORY_BROADCAST_TARGET, _MAX] */
const AT_ONCE = 70
const AT_ONCE_PER_THOUSAND = 5
const AT_ONCE_MAX = 1000

/** A transaction entered the pool: queue it for every peer that does not know it. */
export function announceTransaction(context: PeerContext, entry: PoolEntry): void {
  for (const peer of context.peers.values()) {
    if (!peer.established || !peer.takesTransactions) continue
    passTime(context, peer, entry.sequence)
    if (!peer.transactions.knownTransactions.has(peer.wtxidRelay ? entry.witnessKey : entry.key))
      peer.transactions.announcements.add(entry.key)
  }
}

/** The pool's entries before this sequence number are no secret from the peer any more. [Core m_last_inv_sequence] */
export function mayKnow(context: PeerContext, peer: Peer, entry: PoolEntry): boolean {
  passTime(context, peer, context.pool.nextSequence)
  return entry.wasConfirmed || entry.sequence < peer.transactions.announcedUpTo
}

/** When the peer's time has come and there was nothing to announce, it counts as up to date until now. */
function passTime(context: PeerContext, peer: Peer, sequence: number): void {
  if (peer.transactions.announcements.size > 0 || context.now < peer.transactions.announceAt) return
  peer.transactions.announcedUpTo = sequence
  peer.transactions.announceAt = nextTime(context, peer)
}

/** By chance, so that times do not show whence a transaction came; the same for all who came to us, who may be one. [Core NextInvToInbounds] */
function nextTime(context: PeerContext, peer: Peer): number {
  const { now, options } = context
  if (peer.trusted) return now
  if (!peer.inbound) return now + poissonDelay(context, options.announceOutboundMs)
  if (context.transactions.announceToInboundAt <= now)
    context.transactions.announceToInboundAt = now + poissonDelay(context, options.announceInboundMs)
  return context.transactions.announceToInboundAt
}

/** Sends a peer the announcements whose time has come: parents before children, better paying first. */
export function sendAnnouncements(context: PeerContext, peer: Peer): void {
  const { announcements } = peer.transactions
  if (announcements.size === 0 || context.now < peer.transactions.announceAt) return
  const entries: PoolEntry[] = []
  const countMax = Math.min(
    AT_ONCE + Math.floor(announcements.size / 1000) * AT_ONCE_PER_THOUSAND,
    AT_ONCE_MAX,
  )
  for (const key of announcements) {
    const entry = context.pool.get(key)
    if (entry === undefined || !isWelcome(peer, entry)) announcements.delete(key)
    else entries.push(entry)
  }
  entries.sort(
    (a, b) => a.ancestors - b.ancestors || b.fee / b.vsize - a.fee / a.vsize || a.sequence - b.sequence,
  )
  const items: InventoryItem[] = []
  for (const entry of entries.slice(0, countMax)) {
    announcements.delete(entry.key)
    const { txid, wtxid } = entry.transaction
    peer.transactions.knownTransactions.add(peer.wtxidRelay ? entry.witnessKey : entry.key)
    items.push(peer.wtxidRelay ? { kind: INV_WTX, hash: wtxid } : { kind: INV_TX, hash: txid })
  }
  if (items.length > 0) context.message(peer, 'inv', encodeInventory(items))
  peer.transactions.announcedUpTo = context.pool.nextSequence
  peer.transactions.announceAt = nextTime(context, peer)
}

/** [BIP133] */
function isWelcome(peer: Peer, entry: PoolEntry): boolean {
  if (peer.transactions.knownTransactions.has(peer.wtxidRelay ? entry.witnessKey : entry.key)) return false
  return entry.fee * 1000 >= peer.transactions.feeFilter * entry.vsize
}
