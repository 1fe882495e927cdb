import type { InventoryItem } from '../../wire/index.ts'
import { encodeInventory, INV_TX, INV_WITNESS_TX, INV_WTX } from '../../wire/index.ts'
import { isPreferred, servesWitnesses } from '../connection/services.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import type { Wanted } from './request-tracker.ts'

/** Announcements that one peer may have waiting. [Core MAX_PEER_TX_ANNOUNCEMENTS] */
const ANNOUNCEMENTS_MAX = 5000
/** From so many requests on a peer counts as busy. [Core MAX_PEER_TX_REQUEST_IN_FLIGHT] */
const BUSY_REQUESTS = 100
/** [Core MAX_GETDATA_SZ] */
const ITEMS_MAX = 1000

export function announcementsLeft({ requests }: PeerContext, peer: Peer): number {
  return ANNOUNCEMENTS_MAX - requests.countOf(peer)
}

/** Whether there is no need to ask for a transaction. By its id alone no orphan is found, which may be another with other witnesses. [Core AlreadyHaveTx] */
export function isKnown(context: PeerContext, key: string, byWitness: boolean): boolean {
  const { pool, transactions, confirmed, orphans } = context
  if (transactions.refused.has(key) || confirmed.has(key) || orphans.has(key)) return true
  return (byWitness ? pool.getByWitness(key) : pool.get(key)) !== undefined
}

/** Plans to ask a peer: those we chose at once, others later, busy ones later still, and by id without witness when nobody offers better. [Core AddTxAnnouncement] */
export function wantFrom(context: PeerContext, peer: Peer, wanted: Wanted): void {
  const { requests, now, options } = context
  const preferred = isPreferred(peer)
  let delays = 0
  if (!preferred) delays++
  if (!wanted.byWitness && hasWitnessRelay(context)) delays++
  if (requests.askedOf(peer) >= BUSY_REQUESTS) delays++
  requests.announce(peer, wanted, {
    readyAt: now + delays * options.txRequestDelayMs,
    isPreferred: preferred,
    rank: context.entropy(),
  })
}

function hasWitnessRelay({ peers }: PeerContext): boolean {
  for (const { established, wtxidRelay } of peers.values()) if (established && wtxidRelay) return true
  return false
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
    else items.push({ kind: byWitness ? INV_WTX : servesWitnesses(peer) ? INV_WITNESS_TX : INV_TX, hash })
  for (let i = 0; i < items.length; i += ITEMS_MAX)
    context.message(peer, 'getdata', encodeInventory(items.slice(i, i + ITEMS_MAX)))
}
