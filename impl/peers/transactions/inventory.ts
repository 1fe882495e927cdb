import type { ByteReader } from '../../wire/index.ts'
import {
  decodeInventory,
  hashKey,
  hashToHex,
  INV_BLOCK,
  INV_COMPACT_BLOCK,
  INV_TX,
  INV_WITNESS_BLOCK,
  INV_WITNESS_TX,
  INV_WTX,
  INVENTORY_MAX,
} from '../../wire/index.ts'
import { blockNotFound } from '../blocks/block-fetch.ts'
import type { PeerContext } from '../context.ts'
import { askForHeaders } from '../headers/headers-requests.ts'
import { noteAnnounced } from '../headers/headers-sync.ts'
import type { Peer } from '../peer.ts'
import { askForTransactions } from './transaction-requests.ts'
import { acceptsTransactions, noteTransaction } from './transactions.ts'

/** More than can have been asked for are not looked at. [Core MAX_PEER_TX_ANNOUNCEMENTS + MAX_BLOCKS_IN_TRANSIT_PER_PEER] */
const NOT_FOUND_MAX = 5000 + 16

/** Announcements: transactions are asked for, of an unknown block the headers below it. */
export function onInventory(context: PeerContext, peer: Peer, reader: ByteReader) {
  const items = decodeInventory(reader)
  if (items.length > INVENTORY_MAX) return context.misbehaved(peer, `inv message size = ${items.length}`)
  let unknown: string | undefined
  for (const item of items) {
    if (item.kind === (peer.wtxidRelay ? INV_TX : INV_WTX)) continue
    if (item.kind === INV_BLOCK) {
      const key = hashKey(item.hash)
      noteAnnounced(context, peer, item.hash)
      if (context.chain.node(item.hash) === undefined && !context.downloads.isInFlight(key)) unknown = key
    } else if (item.kind === INV_TX || item.kind === INV_WTX || item.kind === INV_WITNESS_TX) {
      if (!acceptsTransactions(context, peer))
        return context.disconnect(
          peer,
          `transaction (${hashToHex(item.hash)}) inv sent in violation of protocol`,
        )
      noteTransaction(context, peer, item)
    }
  }
  if (unknown !== undefined) askBecauseOf(context, peer, unknown)
  askForTransactions(context)
}

/** Before a peer is asked for all headers, one announcement of each block may have one more peer asked. [Core INV] */
function askBecauseOf(context: PeerContext, peer: Peer, key: string): void {
  if (!peer.headersStarted) {
    if (peer.transactions.wasAskedForInv || context.transactions.askedForInv === key) return
    peer.transactions.wasAskedForInv = true
    context.transactions.askedForInv = key
  }
  askForHeaders(context, peer, context.chain.headerTip)
}

/** What a peer does not have is asked from the next one. */
export function onNotFound(context: PeerContext, peer: Peer, reader: ByteReader) {
  const items = decodeInventory(reader)
  if (items.length > NOT_FOUND_MAX) return
  for (const { kind, hash } of items)
    if (kind === INV_WITNESS_BLOCK || kind === INV_COMPACT_BLOCK) blockNotFound(context, peer, hash)
    else if (kind === INV_TX || kind === INV_WTX || kind === INV_WITNESS_TX)
      context.requests.answered(peer, hashKey(hash))
  askForTransactions(context)
}
