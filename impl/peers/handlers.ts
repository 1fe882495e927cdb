import type { ByteReader } from '../wire/index.ts'
import { onBlock } from './block-receive.ts'
import { onMempool, refuseBloom } from './bloom.ts'
import { onGetBlockTransactions, onSendCompact } from './compact-announce.ts'
import { onBlockTransactions, onCompactBlock } from './compact-receive.ts'
import type { PeerContext } from './context.ts'
import { onFeeFilter } from './fee-filter.ts'
import { onSendAddrV2, onVerack, onVersion, onWtxidRelay } from './handshake.ts'
import { onHeaders, onSendHeaders } from './headers-sync.ts'
import { onInventory, onNotFound } from './inventory.ts'
import { onPing, onPong } from './keep-alive.ts'
import type { Peer } from './peer.ts'
import { onGetBlocks, onGetData, onGetHeaders } from './serve.ts'
import { onGetFilterCheckpoints, onGetFilterHeaders, onGetFilters } from './serve-filters.ts'
import { onTransaction } from './transactions.ts'

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
