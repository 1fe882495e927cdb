import type { BlockNode } from '../../chainstate/index.ts'
import { workOf } from '../../validation/index.ts'
import type { ByteReader, CompactBlock, Transaction } from '../../wire/index.ts'
import {
  decodeBlockTransactions,
  decodeCompactBlock,
  encodeGetBlockTransactions,
  encodeInventory,
  hashKey,
  INV_WITNESS_BLOCK,
} from '../../wire/index.ts'
import { offenceOf } from '../connection/offence.ts'
import type { PeerContext } from '../context.ts'
import { workThreshold } from '../headers/header-work.ts'
import { askForHeaders } from '../headers/headers-requests.ts'
import { judgeHeader, noteAnnounced, noteBlock } from '../headers/headers-sync.ts'
import type { Peer } from '../peer.ts'
import { fetchAnnounced, requestBlock } from './block-fetch.ts'
import { takeBlock } from './block-receive.ts'
import { blockOf, fillFromPool, gapsIn, placePrefilled } from './compact-fill.ts'
import { isNearPresent } from './near-present.ts'
import type { BlockRequest, PartialCompactBlock } from './peer-blocks.ts'

/** Blocks further above the tip are fetched whole. */
const ABOVE_TIP_MAX = 2
/** Peers from which one compact block is put together at the same time. [Core MAX_CMPCTBLOCKS_INFLIGHT_PER_BLOCK] */
const SOURCES_MAX = 3

/** A block by its header and short ids: put it together from the pool, and ask for what is not there. [BIP152] */
export function onCompactBlock(context: PeerContext, peer: Peer, reader: ByteReader) {
  const { chain, options, parameters } = context
  const compact = decodeCompactBlock(reader, context.hasher)
  if (!options.compactBlocks) return
  const { header } = compact
  const parent = chain.node(header.previousHash)
  if (parent === undefined) {
    noteAnnounced(context, peer, header.hash)
    if (!context.isCatchingUp()) askForHeaders(context, peer, chain.headerTip)
    return
  }
  if (parent.chainWork + workOf(header.bits) < workThreshold(chain.tip, parameters))
    return context.log('debug', `Ignoring low-work compact block from peer ${peer.id}`)
  const verdict = judgeHeader(context, peer, header)
  const offence = offenceOf(peer, verdict, true)
  if (offence !== undefined)
    context.misbehaved(peer, `invalid header received in a compact block (${offence})`)
  const node = chain.node(header.hash)
  if (peer.gone || node === undefined || node.isFailed) return
  peer.headersHeardAt = context.now
  noteBlock(peer, node)
  if (node.data === undefined) consider(context, peer, node, compact)
}

function consider(context: PeerContext, peer: Peer, node: BlockNode, compact: CompactBlock) {
  const { chain, downloads, options } = context
  const key = hashKey(node.hash)
  const isAsked = peer.blocks.inFlight.has(key)
  if (node.chainWork <= chain.tip.chainWork) {
    if (isAsked) requestBlock(context, peer, node)
    return
  }
  const sources = [...downloads.peersOf(key)]
  if (sources.length === 0 && !isNearPresent(context)) return
  if (node.height > chain.tip.height + ABOVE_TIP_MAX)
    return isAsked ? requestBlock(context, peer, node) : fetchAnnounced(context, peer, node)
  const hasPlace = sources.length < SOURCES_MAX && peer.blocks.inFlight.size < options.blocksInFlightMax
  if (!isAsked && !hasPlace) return putTogetherAlone(context, peer, compact)
  // One try for each peer, also after the block could not be put together.
  if (peer.blocks.inFlight.get(key)?.partial === undefined) putTogether(context, peer, node, compact, sources)
}

function putTogether(
  context: PeerContext,
  peer: Peer,
  node: BlockNode,
  compact: CompactBlock,
  sources: readonly Peer[],
) {
  const { downloads, now } = context
  const { hash } = node
  const key = hashKey(hash)
  const slots = placePrefilled(compact)
  if (slots === undefined) {
    downloads.remove(peer, key, now)
    return context.misbehaved(peer, 'invalid compact block')
  }
  const isFilled = fillFromPool(context, compact, slots)
  const missing = isFilled ? gapsIn(slots) : []
  downloads.add(peer, { hash, key, node, requestedAt: now, partial: { compact, slots, missing } })
  const isFirst = sources.length === 0 || sources[0] === peer
  if (!isFilled) return giveUp(context, peer, peer.blocks.inFlight.get(key)!)
  if (missing.length === 0) return complete(context, peer, peer.blocks.inFlight.get(key)!, [])
  if (isFirst || mayHelp(peer, sources))
    context.message(peer, 'getblocktxn', encodeGetBlockTransactions({ hash, indexes: missing }))
  else downloads.remove(peer, key, now)
}

/** A peer that we asked for such blocks may be asked for the same as the first; the last place is kept for one that we chose. [Core CMPCTBLOCK] */
function mayHelp(peer: Peer, sources: readonly Peer[]): boolean {
  if (!peer.blocks.sendsCompactUnasked) return false
  return !peer.inbound || sources.some(({ inbound }) => !inbound) || sources.length < SOURCES_MAX - 1
}

/** Others are asked for the block already; but if nothing is missing it is here. */
function putTogetherAlone(context: PeerContext, peer: Peer, compact: CompactBlock): void {
  const slots = placePrefilled(compact)
  if (slots === undefined || !fillFromPool(context, compact, slots) || gapsIn(slots).length > 0) return
  const block = blockOf(context, compact, slots as Transaction[])
  if (block !== undefined) takeBlock(context, peer, block, true)
}

export function onBlockTransactions(context: PeerContext, peer: Peer, reader: ByteReader) {
  const { hash, transactions } = decodeBlockTransactions(reader, context.hasher)
  const request = peer.blocks.inFlight.get(hashKey(hash))
  // Without a compact block that waits it is ignored. [CVE-2024-35202]
  if (request?.partial === undefined) return
  if (request.partial !== 'failed') return complete(context, peer, request, transactions)
  context.downloads.remove(peer, request.key, context.now)
  context.misbehaved(peer, 'previous compact block reconstruction attempt failed')
}

function complete(
  context: PeerContext,
  peer: Peer,
  request: BlockRequest,
  transactions: readonly Transaction[],
) {
  const { compact, slots, missing } = request.partial as PartialCompactBlock
  if (transactions.length !== missing.length) {
    context.downloads.remove(peer, request.key, context.now)
    return context.misbehaved(peer, 'wrong number of block transactions')
  }
  missing.forEach((position, i) => {
    slots[position] = transactions[i]
  })
  const block = blockOf(context, compact, slots as Transaction[])
  if (block === undefined) giveUp(context, peer, request)
  else takeBlock(context, peer, block, true)
}

/** The first to be asked sends the whole block; of another nothing more is expected. */
function giveUp(context: PeerContext, peer: Peer, { hash, key, node }: BlockRequest): void {
  const { downloads, now } = context
  const [first] = downloads.peersOf(key)
  if (first !== peer) {
    downloads.remove(peer, key, now)
    return
  }
  downloads.add(peer, { hash, key, node, requestedAt: now, partial: 'failed' })
  context.message(peer, 'getdata', encodeInventory([{ kind: INV_WITNESS_BLOCK, hash }]))
}
