import type { BlockNode } from '../../chainstate/index.ts'
import { forkPoint } from '../../chainstate/index.ts'
import type { InventoryItem } from '../../wire/index.ts'
import { encodeInventory, hashKey, INV_COMPACT_BLOCK, INV_WITNESS_BLOCK } from '../../wire/index.ts'
import { isLimited, maySyncFrom, servesBlocks, servesWitnesses } from '../connection/services.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { canAskCompact } from './compact-announce.ts'
import { isNearPresent } from './near-present.ts'

/** A peer with pruned data serves at least so many latest blocks. [BIP159] */
const LIMITED_BLOCKS = 288

/** Sends getdata for blocks, and notes them as on their way. */
function request(context: PeerContext, peer: Peer, nodes: readonly BlockNode[]): void {
  if (nodes.length === 0) return
  const items: InventoryItem[] = []
  const compact = nodes.length === 1 && canAskCompact(context, peer, nodes[0]!)
  for (const node of nodes) {
    context.downloads.add(peer, {
      hash: node.hash,
      key: hashKey(node.hash),
      node,
      requestedAt: context.now,
    })
    items.push({ kind: compact ? INV_COMPACT_BLOCK : INV_WITNESS_BLOCK, hash: node.hash })
  }
  context.message(peer, 'getdata', encodeInventory(items))
}

/** Asks a peer for a whole block, whatever was asked of it before. */
export function requestBlock(context: PeerContext, peer: Peer, node: BlockNode): void {
  const { hash } = node
  context.downloads.add(peer, { hash, key: hashKey(hash), node, requestedAt: context.now })
  context.message(peer, 'getdata', encodeInventory([{ kind: INV_WITNESS_BLOCK, hash }]))
}

/** New blocks at the tip, just announced by headers, are fetched at once from who announced them. [Core HeadersDirectFetchBlocks] */
export function fetchAnnounced(context: PeerContext, peer: Peer, last: BlockNode): void {
  const { chain, downloads, options } = context
  const tip = chain.tip
  if (!isNearPresent(context) || last.isFailed || last.chainWork < tip.chainWork || !servesWitnesses(peer))
    return
  const missing: BlockNode[] = []
  let node: BlockNode | undefined = last
  while (node !== undefined && !chain.isActive(node) && missing.length <= options.blocksInFlightMax) {
    if (node.data === undefined && !downloads.isInFlight(hashKey(node.hash))) missing.push(node)
    node = node.previous
  }
  if (node === undefined || !chain.isActive(node)) return
  missing.reverse()
  request(context, peer, missing.slice(0, Math.max(0, options.blocksInFlightMax - peer.blocks.inFlight.size)))
}

/** Fills a peer's window with the blocks that come next on its chain and that nobody was asked for. */
export function askForBlocks(context: PeerContext, peer: Peer): void {
  const { chain, options, parameters } = context
  const { best } = peer
  if (!peer.established || best === undefined || !servesWitnesses(peer) || !isSource(context, peer)) return
  if (best.chainWork < parameters.minimumChainWork || best.chainWork < chain.tip.chainWork) return
  const room = options.blocksInFlightMax - peer.blocks.inFlight.size
  if (room <= 0) return
  const { next, staller } = nextBlocks(context, peer, best, room)
  request(context, peer, next)
  if (
    next.length === 0 &&
    peer.blocks.inFlight.size === 0 &&
    staller !== undefined &&
    staller.blocks.stallingSince === 0
  ) {
    staller.blocks.stallingSince = context.now
    context.log('debug', `Stall started peer=${staller.id}`)
  }
}

/** While the node catches up, it burdens those who came to it only when nobody else is at work. [Core SendMessages] */
function isSource(context: PeerContext, peer: Peer): boolean {
  if (!servesBlocks(peer)) return false
  return !context.isCatchingUp() || (!isLimited(peer) && maySyncFrom(context, peer))
}

/** [Core FindNextBlocks] */
function nextBlocks(
  context: PeerContext,
  peer: Peer,
  best: BlockNode,
  room: number,
): { next: BlockNode[]; staller?: Peer } {
  const { chain, downloads, options } = context
  const common = lastCommon(context, peer, best)
  const end = common.height + options.downloadWindow
  const next: BlockNode[] = []
  let waitingFor: Peer | undefined
  let isGapless = true
  for (const node of branch(common, best, end + 1)) {
    if (node.isFailed) break
    if (node.data !== undefined || chain.isActive(node)) {
      if (isGapless) peer.blocks.common = node
      continue
    }
    isGapless = false
    const [owner] = downloads.peersOf(hashKey(node.hash))
    if (owner !== undefined) {
      waitingFor ??= owner
      continue
    }
    if (node.height > end)
      return waitingFor !== undefined && waitingFor !== peer ? { next, staller: waitingFor } : { next }
    if (isLimited(peer) && best.height - node.height >= LIMITED_BLOCKS - 2) continue
    next.push(node)
    if (next.length === room) break
  }
  return { next }
}

/** The last block that is known to be on both sides: where the peer's branch leaves ours, or one further up it that has come already. */
function lastCommon({ chain }: PeerContext, peer: Peer, best: BlockNode): BlockNode {
  const fork = forkPoint(best, chain.tip)
  const { common } = peer.blocks
  if (common === undefined || fork.chainWork > common.chainWork || !best.descendsFrom(common))
    peer.blocks.common = fork
  return peer.blocks.common!
}

const BRANCH_CHUNK = 128

/** Blocks above `from` towards `to`, lowest first, up to height `last`. */
function* branch(from: BlockNode, to: BlockNode, last: number): Generator<BlockNode> {
  let height = from.height
  const end = Math.min(to.height, last)
  while (height < end) {
    const top = Math.min(height + BRANCH_CHUNK, end)
    const chunk: BlockNode[] = []
    for (let node = to.ancestor(top); node.height > height; node = node.previous!) chunk.push(node)
    for (let i = chunk.length - 1; i >= 0; i--) yield chunk[i]!
    height = top
  }
}

/** Lets every peer with room fetch more. */
export function askAllForBlocks(context: PeerContext): void {
  for (const peer of context.peers.values()) askForBlocks(context, peer)
}

/** The peer left the branch that it announced: what it has is unknown until it announces again, and others are asked. */
export function blockNotFound(context: PeerContext, peer: Peer, hash: Uint8Array): void {
  if (!context.downloads.remove(peer, hashKey(hash), context.now)) return
  peer.best = undefined
  peer.blocks.common = undefined
  askAllForBlocks(context)
}
