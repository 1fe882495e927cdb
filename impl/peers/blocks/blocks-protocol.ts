import type { Protocol } from '../protocol.ts'
import { onBlock } from './block-receive.ts'
import { checkDownload, downloadDueAt, releaseDownloads } from './block-timeouts.ts'
import { onGetBlockTransactions, onSendCompact } from './compact-announce.ts'
import { onBlockTransactions, onCompactBlock } from './compact-receive.ts'

/** Blocks, whole and compact: fetched, received and announced. [BIP152] */
export const blocksProtocol: Protocol = {
  handlers: {
    block: onBlock,
    sendcmpct: onSendCompact,
    cmpctblock: onCompactBlock,
    getblocktxn: onGetBlockTransactions,
    blocktxn: onBlockTransactions,
  },
  tickPeer: checkDownload,
  nextAtPeer: downloadDueAt,
  forget(context, peer) {
    const at = context.blocks.highBandwidth.indexOf(peer)
    if (at >= 0) context.blocks.highBandwidth.splice(at, 1)
    releaseDownloads(context, peer)
  },
}
