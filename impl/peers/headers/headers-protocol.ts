import type { Protocol } from '../protocol.ts'
import { checkLag, lagDueAt } from './chain-sync.ts'
import {
  askForHeaders,
  askNextPeer,
  checkHeadersSync,
  headersDueAt,
  pollHeaders,
} from './headers-requests.ts'
import { onHeaders, onSendHeaders } from './headers-sync.ts'

/** Headers: synchronised from one peer at first, then from all, and peers that lag behind are given up. [BIP130] */
export const headersProtocol: Protocol = {
  handlers: { headers: onHeaders, sendheaders: onSendHeaders },
  tickPeer(context, peer) {
    checkHeadersSync(context, peer)
    checkLag(context, peer, (from) => askForHeaders(context, peer, from))
    pollHeaders(context, peer)
  },
  nextAtPeer: (context, peer) => Math.min(headersDueAt(context, peer), lagDueAt(peer)),
  forget(context, peer) {
    if (peer.headersStarted) askNextPeer(context)
  },
}
