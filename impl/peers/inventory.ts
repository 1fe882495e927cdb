import type { ByteReader } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'
import { blockNotFound } from './block-fetch.ts'
import type { PeerContext } from './context.ts'
import { askForHeaders, noteAnnounced } from './headers-sync.ts'
import {
  decodeInventory,
  INV_BLOCK,
  INV_COMPACT_BLOCK,
  INV_TX,
  INV_WITNESS_BLOCK,
  INV_WITNESS_TX,
  INV_WTX,
  INVENTORY_MAX,
} from './messages/inventory.ts'
import type { Peer } from './peer.ts'
import { askForTransactions, noteTransaction } from './transactions.ts'

/** Announcements: transactions are asked for, of an unknown block the headers below it. */
export function onInventory(context: PeerContext, peer: Peer, reader: ByteReader) {
  const items = decodeInventory(reader)
  if (items.length > INVENTORY_MAX) return context.misbehaved(peer, `inv message size = ${items.length}`)
  let unknownBlock = false
  for (const item of items) {
    if (item.kind === INV_BLOCK) {
      noteAnnounced(context, peer, item.hash)
      if (context.chain.node(item.hash) === undefined && !context.downloads.isInFlight(hashKey(item.hash)))
        unknownBlock = true
    } else if (item.kind === INV_TX || item.kind === INV_WTX || item.kind === INV_WITNESS_TX) {
      if (!context.options.relayTransactions)
        return context.disconnect(peer, 'transaction announced in violation of protocol')
      if (!context.isCatchingUp()) noteTransaction(context, peer, item)
    }
  }
  if (unknownBlock) askForHeaders(context, peer, context.chain.headerTip)
  askForTransactions(context)
}

/** What a peer does not have is asked from the next one. */
export function onNotFound(context: PeerContext, peer: Peer, reader: ByteReader) {
  const items = decodeInventory(reader)
  if (items.length > INVENTORY_MAX) return context.misbehaved(peer, `notfound message size = ${items.length}`)
  for (const { kind, hash } of items)
    if (kind === INV_WITNESS_BLOCK || kind === INV_COMPACT_BLOCK) blockNotFound(context, peer, hash)
    else context.requests.answered(peer, hashKey(hash))
  askForTransactions(context)
}
