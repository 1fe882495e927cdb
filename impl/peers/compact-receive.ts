import type { BlockNode } from '../chainstate/index.ts'
import { merkleRoot, workOf } from '../validation/index.ts'
import type { ByteReader, Transaction } from '../wire/index.ts'
import { encodeBlock, equalBytes, hashKey, parseBlock, ByteReader as Reader } from '../wire/index.ts'
import { requestBlock } from './block-fetch.ts'
import { takeBlock } from './block-receive.ts'
import type { PeerContext } from './context.ts'
import { askForHeaders, judgeHeader, noteAnnounced, noteBlock, workThreshold } from './headers-sync.ts'
import type { CompactBlock } from './messages/compact-block.ts'
import {
  decodeBlockTransactions,
  decodeCompactBlock,
  encodeGetBlockTransactions,
} from './messages/compact-block.ts'
import { isNearPresent } from './near-present.ts'
import { offenceOf } from './offence.ts'
import type { BlockRequest, PartialCompactBlock, Peer } from './peer.ts'
import { ShortIds } from './short-ids.ts'

/** Blocks further above the tip are fetched whole. */
const ABOVE_TIP_MAX = 2
/** Peers from which one compact block is put together at the same time. [Core MAX_CMPCTBLOCKS_INFLIGHT_PER_BLOCK] */
const SOURCES_MAX = 3

/** A block by its header and short ids: put it together from the pool, and ask for what is not there. [BIP152] */
export function onCompactBlock(context: PeerContext, peer: Peer, reader: ByteReader) {
  const { chain, options } = context
  const compact = decodeCompactBlock(reader, context.hasher)
  if (!options.compactBlocks) return
  const { header } = compact
  const parent = chain.node(header.previousHash)
  if (parent === undefined) {
    noteAnnounced(context, peer, header.hash)
    if (!context.isCatchingUp()) askForHeaders(context, peer, chain.headerTip)
    return
  }
  if (parent.chainWork + workOf(header.bits) < workThreshold(context)) return
  const verdict = judgeHeader(context, peer, header)
  const offence = offenceOf(peer, verdict)
  if (offence !== undefined)
    context.misbehaved(peer, `invalid header received in a compact block (${offence})`)
  const node = chain.node(header.hash)
  if (peer.gone || node === undefined || node.isFailed) return
  peer.headersHeardAt = context.now
  noteBlock(peer, node)
  if (node.data === undefined) consider(context, peer, node, compact)
}

function consider(context: PeerContext, peer: Peer, node: BlockNode, compact: CompactBlock) {
  const { chain, downloads } = context
  const key = hashKey(node.hash)
  const wasAsked = peer.inFlight.has(key)
  if (node.chainWork <= chain.tip.chainWork || node.height > chain.tip.height + ABOVE_TIP_MAX) {
    if (wasAsked) requestBlock(context, peer, node)
    return
  }
  if (!downloads.isInFlight(key) && !isNearPresent(context)) return
  const isFull = peer.inFlight.size >= context.options.blocksInFlightMax
  if (!wasAsked && (isFull || downloads.peersOf(key).size >= SOURCES_MAX)) return
  putTogether(context, peer, node, compact)
}

function putTogether(context: PeerContext, peer: Peer, node: BlockNode, compact: CompactBlock) {
  const { downloads, now } = context
  const key = hashKey(node.hash)
  const slots = placePrefilled(compact)
  if (slots === undefined) {
    downloads.remove(peer, key, now)
    return context.misbehaved(peer, 'invalid compact block')
  }
  if (!fillFromPool(context, compact, slots)) return requestBlock(context, peer, node)
  const missing: number[] = []
  for (let i = 0; i < slots.length; i++) if (slots[i] === undefined) missing.push(i)
  const partial: PartialCompactBlock = { compact, slots, missing }
  downloads.add(peer, { hash: node.hash, key, node, requestedAt: now, partial })
  if (missing.length === 0) return complete(context, peer, peer.inFlight.get(key)!, [])
  context.message(peer, 'getblocktxn', encodeGetBlockTransactions({ hash: node.hash, indexes: missing }))
}

/** The block's positions with the transactions that came along; nothing when they do not fit. */
function placePrefilled({ shortIds, prefilled }: CompactBlock): (Transaction | undefined)[] | undefined {
  const slots = new Array<Transaction | undefined>(shortIds.length + prefilled.length).fill(undefined)
  for (const { index, transaction } of prefilled) {
    if (index >= slots.length) return undefined
    slots[index] = transaction
  }
  return slots.length === 0 ? undefined : slots
}

/** False when two short ids are equal, so that they say nothing. A transaction that two of the pool's could be stays open. */
function fillFromPool(
  { pool, hasher }: PeerContext,
  { header, nonce, shortIds }: CompactBlock,
  slots: (Transaction | undefined)[],
): boolean {
  const positions = new Map<number, number>()
  let at = 0
  for (const id of shortIds) {
    while (slots[at] !== undefined) at++
    positions.set(id, at++)
  }
  if (positions.size < shortIds.length) return false
  const ids = new ShortIds(header.raw, nonce, hasher)
  const ambiguous = new Set<number>()
  for (const { transaction } of pool.entries()) {
    const position = positions.get(ids.of(transaction.wtxid))
    if (position === undefined) continue
    if (slots[position] !== undefined) ambiguous.add(position)
    slots[position] = transaction
  }
  for (const position of ambiguous) slots[position] = undefined
  return true
}

export function onBlockTransactions(context: PeerContext, peer: Peer, reader: ByteReader) {
  const { hash, transactions } = decodeBlockTransactions(reader, context.hasher)
  const request = peer.inFlight.get(hashKey(hash))
  // Without a compact block that waits, also after one could not be put together, it is ignored. [CVE-2024-35202]
  if (request?.partial === undefined) return
  complete(context, peer, request, transactions)
}

function complete(
  context: PeerContext,
  peer: Peer,
  request: BlockRequest,
  transactions: readonly Transaction[],
) {
  const { compact, slots, missing } = request.partial!
  if (transactions.length !== missing.length) {
    context.downloads.remove(peer, request.key, context.now)
    return context.misbehaved(peer, 'wrong number of block transactions')
  }
  missing.forEach((position, i) => {
    slots[position] = transactions[i]
  })
  const whole = slots as Transaction[]
  const { root, hasTwins } = merkleRoot(
    whole.map((transaction) => transaction.txid),
    context.hasher,
  )
  // Short ids may collide, which is nobody's fault: the whole block is asked for.
  if (hasTwins || !equalBytes(root, compact.header.merkleRoot))
    return requestBlock(context, peer, request.node!)
  const bytes = encodeBlock(
    compact.header.raw,
    whole.map((transaction) => transaction.raw),
  )
  takeBlock(context, peer, parseBlock(new Reader(bytes), context.hasher), true)
}
