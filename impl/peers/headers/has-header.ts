import type { BlockNode } from '../../chainstate/index.ts'
import type { Peer } from '../peer.ts'

/** The peer told of the block or one above it, or was told. [Core PeerHasHeader] */
export function hasHeader(peer: Peer, node: BlockNode): boolean {
  return peer.best?.descendsFrom(node) === true || peer.headerSent?.descendsFrom(node) === true
}
