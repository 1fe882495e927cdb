import type { BlockNode } from '../../chainstate/index.ts'
import { randomNonce } from '../../collections/index.ts'
import type { Block, ByteReader } from '../../wire/index.ts'
import {
  ByteWriter,
  decodeGetBlockTransactions,
  encodeBlockTransactions,
  encodeCompactBlock,
  INV_WITNESS_BLOCK,
} from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { isNearPresent } from './near-present.ts'
import { ShortIds } from './short-ids.ts'

/** Deeper blocks are served whole. [Core MAX_CMPCTBLOCK_DEPTH] */
const DEPTH_MAX = 5
/** Transactions of deeper blocks are not picked out. [Core MAX_BLOCKTXN_DEPTH] */
const TRANSACTIONS_DEPTH_MAX = 10
/** Peers that may send us compact blocks unasked. [BIP152 §Specification for version 1] */
const UNASKED_PEERS_MAX = 3
/** [BIP152 §Specification for version 2: ids with witness] */
const COMPACT_VERSION = 2n

export function onSendCompact(_context: PeerContext, peer: Peer, reader: ByteReader): void {
  const unasked = reader.u8() === 1
  if (reader.u64() !== COMPACT_VERSION) return
  peer.blocks.compactBlocks = true
  peer.blocks.wantsCompactUnasked = unasked
}

/** A single block right above the tip comes compact, when the peer can and nothing else is on its way. [Core HeadersDirectFetchBlocks] */
export function canAskCompact(context: PeerContext, peer: Peer, node: BlockNode): boolean {
  return (
    isUseful(context) &&
    peer.blocks.compactBlocks &&
    node.previous === context.chain.tip &&
    context.downloads.size === 0 &&
    isNearPresent(context)
  )
}

/** Without unconfirmed transactions there is nothing to put blocks together from. */
function isUseful({ options }: PeerContext): boolean {
  return options.compactBlocks && options.relayTransactions
}

/** Sends the tip as a compact block; false when its bytes are not at hand. */
export function announceCompact(context: PeerContext, peer: Peer, tip: BlockNode): boolean {
  if (!context.options.compactBlocks) return false
  const block = context.chain.block(tip)
  if (block === undefined) return false
  context.message(peer, 'cmpctblock', compactForm(context, tip, block))
  return true
}

/**
 * A block that has just come and lies right above the tip goes at once to those who asked for such blocks, before its
 * spending is judged: its work is done, and nobody is blamed for passing it on. [BIP152; Core NewPoWValidBlock]
 */
export function announceEarly(context: PeerContext, node: BlockNode, block: Block): void {
  const { chain, options, peers } = context
  if (!options.compactBlocks || node.previous !== chain.tip || context.isCatchingUp()) return
  if (node.height <= context.blocks.announcedEarly) return
  context.blocks.announcedEarly = node.height
  for (const peer of peers.values()) {
    if (peer.gone || !peer.established || !peer.blocks.wantsCompactUnasked) continue
    if (peer.hasHeader(node) || !peer.hasHeader(node.previous)) continue
    context.message(peer, 'cmpctblock', compactForm(context, node, block))
    peer.headerSent = node
  }
}

/** Answers a request for a compact block; false when the peer's pool would not help it and the block is to be sent whole. */
export function serveCompact(context: PeerContext, peer: Peer, node: BlockNode, block: Block): boolean {
  if (!isNearPresent(context) || node.height < context.chain.tip.height - DEPTH_MAX) return false
  context.message(peer, 'cmpctblock', compactForm(context, node, block))
  return true
}

/** All peers get the same bytes: the latest block is kept in its compact form. */
function compactForm(context: PeerContext, node: BlockNode, block: Block): Uint8Array {
  if (context.blocks.compactForm?.node === node) return context.blocks.compactForm.payload
  const nonce = new ByteWriter(8).u64(randomNonce(context)).finish()
  const shortIds = new ShortIds(node.header, nonce, context.hasher)
  const [coinbase, ...others] = block.transactions
  const payload = encodeCompactBlock(
    node.header,
    nonce,
    others.map((transaction) => shortIds.of(transaction.wtxid)),
    [{ index: 0, transaction: coinbase! }],
  )
  context.blocks.compactForm = { node, payload }
  return payload
}

/**
 * A peer that was first with a new block may send the next ones unasked, in place of the peer that did so longest; the
 * last outbound one among them stays. [Core MaybeSetPeerAsAnnouncingHeaderAndIDs]
 */
export function promoteHighBandwidth(context: PeerContext, peer: Peer) {
  const { highBandwidth } = context.blocks
  if (!isUseful(context) || !peer.blocks.compactBlocks || peer.gone) return
  if (context.isCatchingUp() || context.downloads.size > 0) return
  const at = highBandwidth.indexOf(peer)
  if (at >= 0) {
    highBandwidth.splice(at, 1)
  } else {
    context.message(peer, 'sendcmpct', sendCompact(true))
    if (highBandwidth.length >= UNASKED_PEERS_MAX) dropLongest(context, peer)
  }
  peer.blocks.sendsCompactUnasked = true
  highBandwidth.push(peer)
}

function dropLongest(context: PeerContext, newcomer: Peer): void {
  const { highBandwidth } = context.blocks
  const chosen = highBandwidth.filter(({ inbound }) => !inbound)
  const isNeeded = newcomer.inbound && chosen.length === 1 && chosen[0] === highBandwidth[0]
  const [longest] = highBandwidth.splice(isNeeded ? 1 : 0, 1)
  longest!.blocks.sendsCompactUnasked = false
  context.message(longest!, 'sendcmpct', sendCompact(false))
}

export function sendCompact(unasked: boolean): Uint8Array {
  return new ByteWriter(9)
    .u8(unasked ? 1 : 0)
    .u64(COMPACT_VERSION)
    .finish()
}

/** Transactions of a compact block that the peer could not find by itself; deep blocks are sent whole. [BIP152] */
export function onGetBlockTransactions(context: PeerContext, peer: Peer, reader: ByteReader) {
  const { hash, indexes } = decodeGetBlockTransactions(reader)
  const { chain } = context
  const node = chain.node(hash)
  if (node?.data === undefined) return
  if (node.height < chain.tip.height - TRANSACTIONS_DEPTH_MAX) {
    peer.asked.push({ kind: INV_WITNESS_BLOCK, hash: node.hash })
    return context.wake(peer)
  }
  const block = chain.block(node)
  if (block === undefined) return
  if (indexes.some((index) => index >= block.transactions.length))
    return context.misbehaved(peer, 'getblocktxn with out-of-bounds tx indices')
  const transactions = indexes.map((index) => block.transactions[index]!)
  context.message(peer, 'blocktxn', encodeBlockTransactions(hash, transactions))
}
