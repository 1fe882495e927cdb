import { hashKey, hashToHex, type Transaction } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { announcementsLeft, isKnown, wantFrom } from './transaction-requests.ts'

/** Heavier orphans are not kept. [Core MAX_STANDARD_TX_WEIGHT] */
const WEIGHT_MAX = 400_000

/**
 * Keeps a transaction whose parents are missing, on behalf of every peer that announced it: all of them may be asked
 * for the parents. False when a parent was refused, so that there is no hope. [Core MempoolRejectedTx]
 */
export function keepOrphan(
  context: PeerContext,
  peer: Peer,
  orphan: Transaction,
  parents: readonly Uint8Array[],
): boolean {
  const { orphans, requests } = context
  const key = hashKey(orphan.txid)
  const witnessKey = hashKey(orphan.wtxid)
  const isHopeless = parents.some((parent) => context.transactions.refused.has(hashKey(parent)))
  if (isHopeless)
    context.log(
      'debug',
      `not keeping orphan with rejected parents ${hashToHex(orphan.txid)} (wtxid=${hashToHex(orphan.wtxid)})`,
    )
  if (!isHopeless && orphan.weight <= WEIGHT_MAX) {
    const announcers = new Set([peer, ...requests.announcersOf(key), ...requests.announcersOf(witnessKey)])
    for (const announcer of announcers)
      if (askForParents(context, announcer, parents)) orphans.add(orphan, announcer.id)
  }
  requests.forget(key)
  requests.forget(witnessKey)
  return !isHopeless
}

/** Another peer announced an orphan: it may be asked for the parents too. */
export function shareOrphan(context: PeerContext, peer: Peer, witnessKey: string): void {
  const { orphans } = context
  const orphan = orphans.get(witnessKey)
  if (orphan === undefined || orphans.isFrom(witnessKey, peer.id)) return
  const parents = missingParents(context, orphan)
  if (parents.length > 0 && askForParents(context, peer, parents)) orphans.add(orphan, peer.id)
}

/** Ids of the transactions that made the coins which are nowhere. */
function missingParents({ chain, pool }: PeerContext, { inputs }: Transaction): Uint8Array[] {
  const missing = new Map<string, Uint8Array>()
  for (const { outpoint, prevTxid } of inputs) {
    const key = hashKey(prevTxid)
    if (pool.get(key) === undefined && chain.coin(outpoint) === undefined) missing.set(key, prevTxid)
  }
  return [...missing.values()]
}

/** As if the peer had announced them. False when it may announce no more. [Core MaybeAddOrphanResolutionCandidate] */
function askForParents(context: PeerContext, peer: Peer, parents: readonly Uint8Array[]): boolean {
  const unknown = parents.filter((parent) => !isKnown(context, hashKey(parent), false))
  if (unknown.length > announcementsLeft(context, peer)) return false
  for (const parent of unknown) {
    peer.transactions.knownTransactions.add(hashKey(parent))
    wantFrom(context, peer, { key: hashKey(parent), hash: parent, byWitness: false })
  }
  return true
}

/** A transaction came into the pool: each orphan that spends it is tried again, in the turn of a peer that brought it. */
export function wakeChildren(context: PeerContext, parent: Transaction): void {
  for (const { transaction, peer: id } of context.orphans.childrenOf(parent)) {
    const peer = context.peers.get(id)
    if (peer === undefined) continue
    peer.transactions.retries.add(hashKey(transaction.wtxid))
    context.wake(peer)
  }
}

/** The next orphan of this peer that is to be tried again. */
export function nextRetry(
  { orphans }: PeerContext,
  { transactions: { retries } }: Peer,
): Transaction | undefined {
  for (const witnessKey of retries) {
    retries.delete(witnessKey)
    const orphan = orphans.get(witnessKey)
    if (orphan !== undefined) return orphan
  }
  return undefined
}
