import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import type { Handler, Protocol } from '../protocol.ts'
import { onGetBlocks, onGetData, onGetHeaders } from './serve.ts'
import { onGetFilterCheckpoints, onGetFilterHeaders, onGetFilters } from './serve-filters.ts'

/** What peers may ask for, and what is not offered. [BIP157] */
export const servingProtocol: Protocol = {
  handlers: {
    getheaders: onGetHeaders,
    getblocks: onGetBlocks,
    getdata: onGetData,
    getcfilters: onGetFilters,
    getcfheaders: onGetFilterHeaders,
    getcfcheckpt: onGetFilterCheckpoints,
    mempool: refuseMempool,
    filterload: refuseBloom('filterload'),
    filteradd: refuseBloom('filteradd'),
    filterclear: refuseBloom('filterclear'),
  },
}

/** Bloom filters are not offered: a peer that uses them ignores our services. [BIP37, BIP111] */
function refuseBloom(command: string): Handler {
  return (context, peer) => context.disconnect(peer, `${command} without bloom filters on offer`)
}

/** The ids of the whole pool go to peers with bloom filters only; a trusted peer stays connected. [BIP35] */
function refuseMempool(context: PeerContext, peer: Peer): void {
  if (!peer.trusted) context.disconnect(peer, 'mempool without bloom filters on offer')
}
