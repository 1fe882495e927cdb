import type { BlockNode } from '../../chainstate/index.ts'
import type { Block, ByteReader, InventoryItem } from '../../wire/index.ts'
import {
  decodeInventory,
  decodeLocator,
  encodeBlock,
  encodeHeaders,
  encodeInventory,
  HEADERS_MAX,
  hashKey,
  INV_BLOCK,
  INV_COMPACT_BLOCK,
  INV_TX,
  INV_WITNESS_BLOCK,
  INV_WITNESS_TX,
  INV_WTX,
  INVENTORY_MAX,
  LOCATOR_MAX,
} from '../../wire/index.ts'
import { serveCompact } from '../blocks/compact-announce.ts'
import type { PeerContext } from '../context.ts'
import { forkOfLocator } from '../headers/locator.ts'
import type { Peer } from '../peer.ts'
import { mayKnow } from '../transactions/trickle.ts'
import { mayServe } from './may-serve.ts'

/** Hashes in answer to getblocks. */
const HASHES_MAX = 500

export function onGetHeaders(context: PeerContext, peer: Peer, reader: ByteReader) {
  const { locator, stop } = decodeLocator(reader)
  if (locator.length > LOCATOR_MAX)
    return context.disconnect(peer, `getheaders locator size ${locator.length}`)
  const { chain, parameters } = context
  const tip = chain.tip
  if (tip.chainWork < parameters.minimumChainWork) return context.message(peer, 'headers', encodeHeaders([]))
  if (locator.length === 0) return answerOne(context, peer, stop)
  const headers: Uint8Array[] = []
  let last = forkOfLocator(chain, locator)
  while (headers.length < HEADERS_MAX && last.height < tip.height) {
    last = chain.activeAt(last.height + 1)!
    headers.push(last.header)
    if (hashKey(last.hash) === hashKey(stop)) break
  }
  peer.headerSent = last
  context.message(peer, 'headers', encodeHeaders(headers))
}

/** With no locator a single header is asked for by its hash. */
function answerOne(context: PeerContext, peer: Peer, hash: Uint8Array): void {
  const node = context.chain.node(hash)
  if (node === undefined || !mayServe(context, node)) return
  peer.headerSent = node
  context.message(peer, 'headers', encodeHeaders([node.header]))
}

export function onGetBlocks(context: PeerContext, peer: Peer, reader: ByteReader) {
  const { locator, stop } = decodeLocator(reader)
  if (locator.length > LOCATOR_MAX)
    return context.disconnect(peer, `getblocks locator size ${locator.length}`)
  const { chain } = context
  const items: InventoryItem[] = []
  let node = forkOfLocator(chain, locator)
  while (items.length < HASHES_MAX && node.height < chain.tip.height) {
    node = chain.activeAt(node.height + 1)!
    if (hashKey(node.hash) === hashKey(stop)) break
    items.push({ kind: INV_BLOCK, hash: node.hash })
  }
  peer.serving.continuation = items.length === HASHES_MAX ? node : undefined
  if (items.length > 0) context.message(peer, 'inv', encodeInventory(items))
}

export function onGetData(context: PeerContext, peer: Peer, reader: ByteReader) {
  const items = decodeInventory(reader)
  if (items.length > INVENTORY_MAX || peer.asked.length + items.length > 2 * INVENTORY_MAX)
    return context.misbehaved(peer, `getdata message size = ${items.length}`)
  for (const { kind, hash } of items) peer.asked.push({ kind, hash: hash.slice() })
  serveAsked(context, peer)
}

/** Answers what a peer asked for until the budget of a step is spent; true when something is left. */
export function serveAsked(context: PeerContext, peer: Peer): boolean {
  let sent = 0
  let served = 0
  const absent: InventoryItem[] = []
  for (const item of peer.asked) {
    if (peer.gone) return false
    if (sent >= context.options.serveBytesPerStep) break
    served++
    const bytes = serveItem(context, peer, item)
    if (bytes === undefined) absent.push(item)
    else sent += bytes
  }
  peer.asked.splice(0, served)
  if (absent.length > 0) context.message(peer, 'notfound', encodeInventory(absent))
  return peer.asked.length > 0
}

/** Bytes sent; nothing when there is no such thing to be served. Other kinds are passed over in silence. */
function serveItem(context: PeerContext, peer: Peer, { kind, hash }: InventoryItem): number | undefined {
  switch (kind) {
    case INV_TX:
    case INV_WITNESS_TX:
    case INV_WTX:
      return serveTransaction(context, peer, kind, hash)
    case INV_BLOCK:
    case INV_WITNESS_BLOCK:
    case INV_COMPACT_BLOCK:
      return serveBlock(context, peer, kind, hash)
    default:
      return 0
  }
}

function serveTransaction(
  context: PeerContext,
  peer: Peer,
  kind: number,
  hash: Uint8Array,
): number | undefined {
  // Who wanted to hear of no transactions has no business to ask for one.
  if (!peer.takesTransactions) return 0
  const key = hashKey(hash)
  const entry = kind === INV_WTX ? context.pool.getByWitness(key) : context.pool.get(key)
  const transaction =
    entry !== undefined && mayKnow(context, peer, entry)
      ? entry.transaction
      : context.latestBlock.transaction(key)
  if (transaction === undefined) return undefined
  if (entry !== undefined) context.unbroadcast.remove(entry.key)
  const bytes = kind === INV_TX ? transaction.strippedBytes() : transaction.raw
  context.message(peer, 'tx', bytes)
  return bytes.length
}

function serveBlock(context: PeerContext, peer: Peer, kind: number, hash: Uint8Array): number | undefined {
  const { chain } = context
  const node = chain.node(hash)
  const block = node !== undefined && mayServe(context, node) ? chain.block(node) : undefined
  if (node === undefined || block === undefined) {
    // The peer knows the header but lacks the block: should it be active again, that is news to the peer.
    if (node !== undefined && peer.headerSent?.descendsFrom(node) === true) peer.headerSent = undefined
    return undefined
  }
  sendBlock(context, peer, kind, node, block)
  if (peer.serving.continuation === node) announceTip(context, peer)
  return block.totalSize
}

function sendBlock(context: PeerContext, peer: Peer, kind: number, node: BlockNode, block: Block) {
  if (kind === INV_COMPACT_BLOCK && serveCompact(context, peer, node, block)) return
  if (kind !== INV_BLOCK) return context.message(peer, 'block', block.raw)
  const stripped = block.transactions.map((transaction) => transaction.strippedBytes())
  context.message(peer, 'block', encodeBlock(block.header.raw, stripped))
}

/** The last block of an answer to getblocks was fetched: the tip makes the peer ask for the next ones. */
function announceTip(context: PeerContext, peer: Peer): void {
  peer.serving.continuation = undefined
  context.message(peer, 'inv', encodeInventory([{ kind: INV_BLOCK, hash: context.chain.tip.hash }]))
}
