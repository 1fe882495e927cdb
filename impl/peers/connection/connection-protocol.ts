import type { Protocol } from '../protocol.ts'
import { onSendAddrV2, onVerack, onVersion, onWtxidRelay } from './handshake.ts'
import { keepAlive, keepAliveAt, onPing, onPong } from './keep-alive.ts'

/** The handshake, and pings that show whether a peer is still there. */
export const connectionProtocol: Protocol = {
  handlers: {
    version: onVersion,
    verack: onVerack,
    wtxidrelay: onWtxidRelay,
    sendaddrv2: onSendAddrV2,
    ping: onPing,
    pong: onPong,
  },
  tickPeer: keepAlive,
  nextAtPeer: keepAliveAt,
}
