import type { BlockNode } from '../../chainstate/index.ts'
import { forkPoint } from '../../chainstate/index.ts'
import { encodeHeaders, encodeInventory, INV_BLOCK, SEND_HEADERS_VERSION } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { announceCompact } from './compact-announce.ts'

/** Of more new blocks only the last so many are announced, and by the last one alone where they do not connect. [Core MAX_BLOCKS_TO_ANNOUNCE] */
const BLOCKS_MAX = 8

/** Announces the new tip to every peer that lacks it; `before` is the tip announced last. */
export function announceTip(context: PeerContext, before: BlockNode) {
  const { chain, peers } = context
  const tip = chain.tip
  if (context.isCatchingUp() || tip === before) return
  const fresh: BlockNode[] = []
  const fork = forkPoint(tip, before)
  for (let node = tip; node !== fork && fresh.length < BLOCKS_MAX; node = node.previous!) fresh.push(node)
  // After blocks were only taken away there is nothing new to announce.
  if (fresh.length === 0) return
  fresh.reverse()
  for (const peer of peers.values()) if (peer.established) announceTo(context, peer, tip, fresh)
}

function announceTo(context: PeerContext, peer: Peer, tip: BlockNode, fresh: readonly BlockNode[]) {
  if (peer.hasHeader(tip)) return
  if (!peer.wantsHeaders && !peer.blocks.wantsCompactUnasked) return announceByHash(context, peer, tip)
  const lacking = lackingSuffix(peer, fresh)
  if (lacking === undefined) return announceByHash(context, peer, tip)
  if (lacking.length === 1 && peer.blocks.wantsCompactUnasked && announceCompact(context, peer, tip)) {
    peer.headerSent = tip
    return
  }
  if (!peer.wantsHeaders) return announceByHash(context, peer, tip)
  peer.headerSent = tip
  context.message(peer, 'headers', encodeHeaders(lacking.map((node) => node.header)))
}

/** Blocks from the first that the peer lacks on; nothing when they would not connect to what it has. */
function lackingSuffix(peer: Peer, fresh: readonly BlockNode[]): readonly BlockNode[] | undefined {
  const first = fresh.findIndex((node) => !peer.hasHeader(node))
  const parent = fresh[first]!.previous
  return parent !== undefined && peer.hasHeader(parent) ? fresh.slice(first) : undefined
}

function announceByHash(context: PeerContext, peer: Peer, tip: BlockNode): void {
  context.message(peer, 'inv', encodeInventory([{ kind: INV_BLOCK, hash: tip.hash }]))
}

/** Asks for announcements by headers, once the peer is known to be on a chain of enough work. [BIP130] */
export function askForAnnouncements(context: PeerContext, peer: Peer): void {
  if (peer.blocks.sentSendHeaders || peer.best === undefined || peer.commonVersion < SEND_HEADERS_VERSION)
    return
  if (peer.best.chainWork <= context.parameters.minimumChainWork) return
  peer.blocks.sentSendHeaders = true
  context.message(peer, 'sendheaders', new Uint8Array(0))
}
