import type { BlockNode } from '../../chainstate/index.ts'
import type { BlockVerdict } from '../../validation/index.ts'
import { checkMerkleRoot, workOf } from '../../validation/index.ts'
import type { Block, ByteReader } from '../../wire/index.ts'
import { hashKey, hashToHex, parseBlock } from '../../wire/index.ts'
import { offenceOf } from '../connection/offence.ts'
import type { PeerContext } from '../context.ts'
import { workThreshold } from '../headers/header-work.ts'
import { noteBlock } from '../headers/headers-sync.ts'
import type { Peer } from '../peer.ts'
import { announceEarly } from './compact-announce.ts'

/** An unrequested block so far above the tip is not kept. [Core MIN_BLOCKS_TO_KEEP] */
const AHEAD_MAX = 288

export function onBlock(context: PeerContext, peer: Peer, reader: ByteReader): void {
  takeBlock(context, peer, parseBlock(reader, context.hasher))
}

/** A whole block from a peer. `isRebuilt`: from a compact one, which peers may pass on before they have judged it. */
export function takeBlock(context: PeerContext, peer: Peer, block: Block, isRebuilt = false): void {
  const { chain, downloads, now } = context
  const key = hashKey(block.hash)
  const parent = chain.node(block.header.previousHash)
  if (parent !== undefined && !downloads.isInFlight(key) && isUnwanted(context, block, parent)) {
    // Nobody is to blame for a block too many, but for a forged one. [Core IsBlockMutated]
    if (checkMerkleRoot(block, context.hasher) !== undefined) context.misbehaved(peer, 'mutated block')
    else keepHeader(context, peer, block, parent)
    return
  }
  if (parent === undefined && context.nonSignalling.buildsOn(block.header)) return
  const verdict = context.deliverBlock(block, peer.id, isRebuilt)
  context.nonSignalling.note(block.hash, verdict)
  if (verdict.outcome === 'stored') announceEarly(context, chain.node(block.hash)!, block)
  // After tampered bytes only this peer's request ends: another may be sending the honest block of the same hash.
  if (isTampered(verdict)) downloads.remove(peer, key, now)
  else downloads.removeFromAll(key, now)
  const node = chain.node(block.hash)
  if (node !== undefined) noteBlock(peer, node)
}

/** The header of a block that is not kept is kept, when its branch has work enough. [Core AcceptBlock] */
function keepHeader(context: PeerContext, peer: Peer, { header }: Block, parent: BlockNode): void {
  const { chain, parameters, now } = context
  if (parent.chainWork + workOf(header.bits) < workThreshold(chain.tip, parameters)) {
    const missing = 'missing anti-dos proof-of-work validation'
    context.log(
      'debug',
      `AcceptBlockHeader: not adding new block header ${hashToHex(header.hash)}, ${missing}`,
    )
    return
  }
  const verdict = chain.acceptHeader(header, Math.floor(now / 1000))
  const offence = offenceOf(peer, verdict)
  if (offence !== undefined) context.misbehaved(peer, offence)
}

/** These bytes are not those that the header commits to. A block without coinbase may be Merkle nodes. [Core IsBlockMutated, CVE-2017-12842] */
function isTampered(verdict: BlockVerdict): boolean {
  return (
    verdict.outcome === 'rejected' && (verdict.class === 'mutated' || verdict.reason === 'bad-cb-missing')
  )
}

/** Nobody asked for it, and it is neither new nor on a branch that matters. [Core AcceptBlock] */
function isUnwanted(context: PeerContext, block: Block, parent: BlockNode): boolean {
  const { chain, parameters } = context
  if (chain.node(block.hash)?.data !== undefined) return true
  const work = parent.chainWork + workOf(block.header.bits)
  return (
    work < chain.tip.chainWork ||
    parent.height + 1 > chain.tip.height + AHEAD_MAX ||
    work < workThreshold(chain.tip, parameters)
  )
}
