import type { PoolEntry } from '../mempool/index.ts'
import type { ByteReader, Transaction } from '../wire/index.ts'
import { hashKey, parseTransaction, ByteReader as Reader } from '../wire/index.ts'
import type { PeerContext } from './context.ts'
import type { InventoryItem } from './messages/inventory.ts'
import { encodeInventory, INV_TX, INV_WITNESS_TX, INV_WTX } from './messages/inventory.ts'
import type { Peer } from './peer.ts'
import { poissonDelay } from './random.ts'
import type { Wanted } from './transaction-requests.ts'

/** Announcements in one message: this many, and some of what waits beyond it. [Core INVENTORY_BROADCAST_TARGET, _MAX] */
const ANNOUNCED_AT_ONCE = 70
const ANNOUNCED_AT_ONCE_MAX = 1000

/** Whether loose transactions are taken from a peer; a node of blocks only takes them from those that it trusts. [Core RejectIncomingTxs] */
export function acceptsTransactions({ options }: PeerContext, peer: Peer): boolean {
  return options.relayTransactions || peer.trusted
}

/** A peer announced a transaction: ask for it unless it is known. */
export function noteTransaction(context: PeerContext, peer: Peer, { kind, hash }: InventoryItem): void {
  const byWitness = kind === INV_WTX
  const key = hashKey(hash)
  peer.knownTransactions.add(key)
  if (context.isCatchingUp()) return
  if (isKnown(context, key, byWitness)) return
  context.requests.announce(peer, { key, hash: hash.slice(), byWitness }, context.now)
}

function isKnown(
  { pool, refused, confirmed, orphans }: PeerContext,
  key: string,
  byWitness: boolean,
): boolean {
  if (refused.has(key) || confirmed.has(key)) return true
  return byWitness ? pool.getByWitness(key) !== undefined || orphans.has(key) : pool.get(key) !== undefined
}

/** Asks peers for the transactions whose turn it is. */
export function askForTransactions(context: PeerContext): void {
  const { requests, now } = context
  if (now >= requests.nextAt)
    for (const [peer, wanted] of requests.due(now)) sendRequests(context, peer, wanted)
}

function sendRequests(context: PeerContext, peer: Peer, wanted: readonly Wanted[]): void {
  const items: InventoryItem[] = []
  for (const { key, hash, byWitness } of wanted)
    if (isKnown(context, key, byWitness)) context.requests.forget(key)
    else items.push({ kind: byWitness ? INV_WTX : INV_WITNESS_TX, hash })
  for (let i = 0; i < items.length; i += ANNOUNCED_AT_ONCE_MAX)
    context.message(peer, 'getdata', encodeInventory(items.slice(i, i + ANNOUNCED_AT_ONCE_MAX)))
}

export function onTransaction(context: PeerContext, peer: Peer, reader: ByteReader) {
  // Copied, so that keeping the transaction does not keep the chunk it came in.
  const transaction = parseTransaction(new Reader(reader.take(reader.remaining).slice()), context.hasher)
  const key = hashKey(transaction.txid)
  const witnessKey = hashKey(transaction.wtxid)
  peer.knownTransactions.add(peer.wtxidRelay ? witnessKey : key)
  context.requests.answered(peer, key)
  context.requests.answered(peer, witnessKey)
  if (!context.options.relayTransactions && !peer.trusted)
    return context.disconnect(peer, 'transaction sent in violation of protocol')
  if (context.isCatchingUp() || context.refused.has(witnessKey) || context.confirmed.has(witnessKey)) return
  takeTransaction(context, peer, transaction)
  askForTransactions(context)
}

/** Judges a transaction, keeps or refuses it, and then the orphans that waited for it. */
function takeTransaction(context: PeerContext, peer: Peer, transaction: Transaction): void {
  const fate = context.deliverTransaction(transaction, peer.id)
  const witnessKey = hashKey(transaction.wtxid)
  if (fate.kind !== 'orphan') context.orphans.remove(witnessKey)
  if (fate.kind === 'accepted') {
    context.requests.forget(hashKey(transaction.txid))
    context.requests.forget(witnessKey)
    retryOrphans(context, transaction)
  } else if (fate.kind === 'orphan') {
    keepOrphan(context, peer, transaction, fate.parents)
  } else if (fate.kind === 'refused') {
    context.refused.add(witnessKey)
    if (!fate.byWitness && transaction.hasWitness) context.refused.add(hashKey(transaction.txid))
  }
}

function keepOrphan(
  context: PeerContext,
  peer: Peer,
  transaction: Transaction,
  parents: readonly Uint8Array[],
): void {
  if (parents.some((parent) => context.refused.has(hashKey(parent)))) {
    context.refused.add(hashKey(transaction.wtxid))
    return
  }
  context.orphans.add(transaction, peer.id)
  for (const hash of parents) {
    const key = hashKey(hash)
    if (!isKnown(context, key, false))
      context.requests.announce(peer, { key, hash, byWitness: false }, context.now)
  }
}

/** One generation after the other, so that a long family does not go deep. */
function retryOrphans(context: PeerContext, parent: Transaction): void {
  for (const { transaction, peer: id } of context.orphans.childrenOf(parent)) {
    const peer = context.peers.get(id)
    if (peer !== undefined) takeTransaction(context, peer, transaction)
    else context.orphans.remove(hashKey(transaction.wtxid))
  }
}

/** A transaction entered the pool: queue it for every peer that does not know it. */
export function announceTransaction(context: PeerContext, { transaction, key, witnessKey }: PoolEntry): void {
  if (!context.options.relayTransactions) return
  for (const peer of context.peers.values()) {
    if (!peer.established || !peer.takesTransactions) continue
    if (peer.knownTransactions.has(peer.wtxidRelay ? witnessKey : key)) continue
    if (peer.announcements.size === 0) peer.announceAt = context.now + announceDelay(context, peer)
    peer.announcements.add(hashKey(transaction.txid))
  }
}

function announceDelay(context: PeerContext, peer: Peer): number {
  const { announceInboundMs, announceOutboundMs } = context.options
  return poissonDelay(context, peer.inbound ? announceInboundMs : announceOutboundMs)
}

/** Sends a peer the announcements whose time has come: parents before children, better paying first. */
export function sendAnnouncements(context: PeerContext, peer: Peer): void {
  if (peer.announcements.size === 0 || context.now < peer.announceAt) return
  const entries: PoolEntry[] = []
  for (const key of peer.announcements) {
    const entry = context.pool.get(key)
    if (entry === undefined || !isWelcome(peer, entry)) peer.announcements.delete(key)
    else entries.push(entry)
  }
  entries.sort(
    (a, b) => a.ancestors - b.ancestors || b.fee / b.vsize - a.fee / a.vsize || a.sequence - b.sequence,
  )
  const count = Math.min(ANNOUNCED_AT_ONCE + Math.floor(entries.length / 200), ANNOUNCED_AT_ONCE_MAX)
  const items: InventoryItem[] = []
  for (const entry of entries.slice(0, count)) {
    peer.announcements.delete(entry.key)
    const { txid, wtxid } = entry.transaction
    peer.knownTransactions.add(peer.wtxidRelay ? entry.witnessKey : entry.key)
    items.push(peer.wtxidRelay ? { kind: INV_WTX, hash: wtxid } : { kind: INV_TX, hash: txid })
  }
  if (items.length > 0) context.message(peer, 'inv', encodeInventory(items))
  peer.announceAt = context.now + announceDelay(context, peer)
}

function isWelcome(peer: Peer, entry: PoolEntry): boolean {
  if (peer.knownTransactions.has(peer.wtxidRelay ? entry.witnessKey : entry.key)) return false
  return (entry.fee * 1000) / entry.vsize >= peer.feeFilter
}
