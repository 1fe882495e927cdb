import type { ByteReader, InventoryItem, Transaction } from '../../wire/index.ts'
import { hashKey, INV_WTX, parseTransaction } from '../../wire/index.ts'
import type { PeerContext, TransactionFate } from '../context.ts'
import type { Peer } from '../peer.ts'
import { keepOrphan, nextRetry, shareOrphan } from './orphan-families.ts'
import { announcementsLeft, askForTransactions, isKnown, wantFrom } from './transaction-requests.ts'

type Refusal = Extract<TransactionFate, { kind: 'refused' }>

/** The one failure that depends on the id alone, whatever the witness. [Core TX_INPUTS_NOT_STANDARD] */
const NONSTANDARD_INPUTS = 'bad-txns-nonstandard-inputs'

/** Whether unconfirmed transactions are taken from a peer; a node of blocks only takes them from those that it trusts. [Core RejectIncomingTxs] */
export function acceptsTransactions({ options }: PeerContext, peer: Peer): boolean {
  return options.relayTransactions || peer.trusted
}

/** A peer announced a transaction: ask for it unless it is known. [Core AddTxAnnouncement] */
export function noteTransaction(context: PeerContext, peer: Peer, { kind, hash }: InventoryItem): void {
  const byWitness = kind === INV_WTX
  const key = hashKey(hash)
  peer.transactions.knownTransactions.add(key)
  if (context.isCatchingUp()) return
  if (byWitness) shareOrphan(context, peer, key)
  if (isKnown(context, key, byWitness) || announcementsLeft(context, peer) <= 0) return
  wantFrom(context, peer, { key, hash: hash.slice(), byWitness })
}

export function onTransaction(context: PeerContext, peer: Peer, reader: ByteReader) {
  if (!acceptsTransactions(context, peer))
    return context.disconnect(peer, 'transaction sent in violation of protocol')
  if (context.isCatchingUp()) return
  const transaction = parseTransaction(reader, context.hasher)
  const key = hashKey(transaction.txid)
  const witnessKey = hashKey(transaction.wtxid)
  peer.transactions.knownTransactions.add(peer.wtxidRelay ? witnessKey : key)
  context.requests.answered(peer, key)
  context.requests.answered(peer, witnessKey)
  if (!context.transactions.refused.has(witnessKey) && !context.confirmed.has(witnessKey))
    takeTransaction(context, peer, transaction)
  askForTransactions(context)
}

/** Tries one orphan of this peer again whose parent has come; false when none waits for that. [Core ProcessOrphanTx] */
export function retryOrphan(context: PeerContext, peer: Peer): boolean {
  const orphan = nextRetry(context, peer)
  if (orphan !== undefined) takeTransaction(context, peer, orphan)
  return orphan !== undefined
}

/** Judges a transaction, and keeps it, keeps it in mind, or refuses it. */
function takeTransaction(context: PeerContext, peer: Peer, transaction: Transaction): void {
  const { orphans, requests } = context
  const witnessKey = hashKey(transaction.wtxid)
  const fate = context.deliverTransaction(transaction, peer.id)
  if (fate.kind === 'orphan') {
    context.extra.add(transaction)
    if (keepOrphan(context, peer, transaction, fate.parents)) return
    context.transactions.refused.add(witnessKey)
    context.transactions.refused.add(hashKey(transaction.txid))
  }
  orphans.remove(witnessKey)
  if (fate.kind === 'accepted') {
    requests.forget(hashKey(transaction.txid))
    requests.forget(witnessKey)
  } else if (fate.kind === 'refused') {
    if (!isStripped(transaction, fate)) context.extra.add(transaction)
    remember(context, transaction, fate)
  }
}

/**
 * What was refused is not asked for again. Its id without witness is not blamed, for others may have changed the witness
 * on its way; and where one was taken away, that id is all there is. [Core MempoolRejectedTx, TX_WITNESS_STRIPPED]
 */
function remember(
  { transactions: { refused }, requests }: PeerContext,
  transaction: Transaction,
  refusal: Refusal,
): void {
  const { hasWitness, txid, wtxid } = transaction
  if (!isStripped(transaction, refusal)) refused.add(hashKey(wtxid))
  requests.forget(hashKey(wtxid))
  if (refusal.reason !== NONSTANDARD_INPUTS || !hasWitness) return
  refused.add(hashKey(txid))
  requests.forget(hashKey(txid))
}

function isStripped({ hasWitness }: Transaction, { byWitness }: Refusal): boolean {
  return byWitness && !hasWitness
}
