import type { BlockNode } from '../../chainstate/index.ts'
import { BASIC_FILTER } from '../../filters/index.ts'
import type { ByteReader, FilterRange } from '../../wire/index.ts'
import {
  CHECKPOINT_INTERVAL,
  decodeFilterRange,
  encodeFilter,
  encodeFilterCheckpoints,
  encodeFilterHeaders,
  FILTER_HEADERS_MAX,
  FILTERS_MAX,
} from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import { mayServe } from './may-serve.ts'

const ZERO_HEADER = new Uint8Array(32)

/** Filters are made one a turn, for a request of forty bytes may cost a thousand blocks to be read. */
export function onGetFilters(context: PeerContext, peer: Peer, reader: ByteReader): void {
  peer.serving.filtersAsked.push(...nodesOf(context, peer, decodeFilterRange(reader), FILTERS_MAX))
  if (peer.serving.filtersAsked.length > 0) context.wake(peer)
}

/** Sends the next filter that a peer asked for; false when it has them all. */
export function serveFilter(context: PeerContext, peer: Peer): boolean {
  const node = peer.serving.filtersAsked.shift()
  if (node === undefined) return false
  const filter = context.filters?.filter(node)
  // Without one there is no answer to the rest either. [Core ProcessGetCFilters]
  if (filter === undefined) peer.serving.filtersAsked.length = 0
  else context.message(peer, 'cfilter', encodeFilter({ type: BASIC_FILTER, blockHash: node.hash, filter }))
  return true
}

export function onGetFilterHeaders(context: PeerContext, peer: Peer, reader: ByteReader): void {
  const range = decodeFilterRange(reader)
  const nodes = nodesOf(context, peer, range, FILTER_HEADERS_MAX)
  const first = nodes[0]
  if (first === undefined || context.filters === undefined) return
  const before = first.previous === undefined ? ZERO_HEADER : context.filters.entry(first.previous)?.header
  const hashes: Uint8Array[] = []
  for (const node of nodes) {
    const entry = context.filters.entry(node)
    if (entry === undefined || before === undefined) return
    hashes.push(entry.hash)
  }
  const { type, stop } = range
  context.message(peer, 'cfheaders', encodeFilterHeaders({ type, stop, previousHeader: before!, hashes }))
}

/** Filter headers at every thousandth height. */
export function onGetFilterCheckpoints(context: PeerContext, peer: Peer, reader: ByteReader): void {
  const type = reader.u8()
  const stop = stopOf(context, peer, type, reader.take(32))
  if (stop === undefined) return
  const headers: Uint8Array[] = []
  for (let height = CHECKPOINT_INTERVAL; height <= stop.height; height += CHECKPOINT_INTERVAL) {
    const entry = context.filters?.entry(stop.ancestor(height))
    if (entry === undefined) return
    headers.push(entry.header)
  }
  context.message(peer, 'cfcheckpt', encodeFilterCheckpoints(type, stop.hash, headers))
}

/** The blocks of a range, lowest first; a request that makes no sense costs the connection. [Core PrepareBlockFilterRequest] */
function nodesOf(context: PeerContext, peer: Peer, range: FilterRange, countMax: number): BlockNode[] {
  const stop = stopOf(context, peer, range.type, range.stop)
  if (stop === undefined) return []
  if (range.start > stop.height || stop.height - range.start >= countMax) {
    context.disconnect(peer, 'filters asked for out of range')
    return []
  }
  const nodes: BlockNode[] = []
  for (
    let node: BlockNode | undefined = stop;
    node !== undefined && node.height >= range.start;
    node = node.previous
  )
    nodes.push(node)
  return nodes.reverse()
}

function stopOf(context: PeerContext, peer: Peer, type: number, hash: Uint8Array): BlockNode | undefined {
  const node = context.chain.node(hash)
  const isServed = context.filters !== undefined && type === BASIC_FILTER
  if (isServed && node !== undefined && mayServe(context, node)) return node
  context.disconnect(peer, 'filters asked for that are not served')
  return undefined
}
