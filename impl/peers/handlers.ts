import type { ByteReader } from '../wire/index.ts'
import { onBlock } from './blocks/block-receive.ts'
import { onGetBlockTransactions, onSendCompact } from './blocks/compact-announce.ts'
import { onBlockTransactions, onCompactBlock } from './blocks/compact-receive.ts'
import { onSendAddrV2, onVerack, onVersion, onWtxidRelay } from './connection/handshake.ts'
import { onPing, onPong } from './connection/keep-alive.ts'
import type { PeerContext } from './context.ts'
import { onHeaders, onSendHeaders } from './headers/headers-sync.ts'
import type { Peer } from './peer.ts'
import { onGetBlocks, onGetData, onGetHeaders } from './serving/serve.ts'
import { onGetFilterCheckpoints, onGetFilterHeaders, onGetFilters } from './serving/serve-filters.ts'
import { onFeeFilter } from './transactions/fee-filter.ts'
import { onInventory, onNotFound } from './transactions/inventory.ts'
import { onTransaction } from './transactions/transactions.ts'

/** Works off one message. May throw DecodeError. */
type Handler = (context: PeerContext, peer: Peer, reader: ByteReader) => void

/** The handler of each message; other messages are ignored. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['version', onVersion],
  ['verack', onVerack],
  ['wtxidrelay', onWtxidRelay],
  ['sendaddrv2', onSendAddrV2],
  ['ping', onPing],
  ['pong', onPong],
  ['sendheaders', onSendHeaders],
  ['sendcmpct', onSendCompact],
  ['feefilter', onFeeFilter],
  ['getheaders', onGetHeaders],
  ['headers', onHeaders],
  ['getblocks', onGetBlocks],
  ['inv', onInventory],
  ['notfound', onNotFound],
  ['getdata', onGetData],
  ['block', onBlock],
  ['tx', onTransaction],
  ['cmpctblock', onCompactBlock],
  ['getblocktxn', onGetBlockTransactions],
  ['blocktxn', onBlockTransactions],
  ['getcfilters', onGetFilters],
  ['getcfheaders', onGetFilterHeaders],
  ['getcfcheckpt', onGetFilterCheckpoints],
  ['mempool', onMempool],
  ['filterload', refuseBloom('filterload')],
  ['filteradd', refuseBloom('filteradd')],
  ['filterclear', refuseBloom('filterclear')],
])

/** Bloom filters are not offered: a peer that uses them ignores our services. [BIP37, BIP111] */
function refuseBloom(command: string) {
  return (context: PeerContext, peer: Peer, _reader: ByteReader): void =>
    context.disconnect(peer, `${command} without bloom filters on offer`)
}

/** The ids of the whole pool go to peers with bloom filters only; a trusted peer stays connected. [BIP35] */
function onMempool(context: PeerContext, peer: Peer): void {
  if (!peer.trusted) context.disconnect(peer, 'mempool without bloom filters on offer')
}
