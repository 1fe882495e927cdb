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
import { onMempool, refuseBloom } from './transactions/bloom.ts'
import { onFeeFilter } from './transactions/fee-filter.ts'
import { onInventory, onNotFound } from './transactions/inventory.ts'
import { onTransaction } from './transactions/transactions.ts'

/** Works off one message. May throw DecodeError. */
type Handler = (context: PeerContext, peer: Peer, reader: ByteReader) => void

/** Who answers which message; others are ignored. */
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
