import type { ByteReader } from '../wire/index.ts'
import { ByteWriter } from '../wire/index.ts'
import type { PeerContext } from './context.ts'
import type { Peer } from './peer.ts'
import { randomNonce } from './random.ts'

export function sendPing(context: PeerContext, peer: Peer): void {
  peer.pingNonce = randomNonce(context)
  peer.pingedAt = context.now
  context.message(peer, 'ping', new ByteWriter(8).u64(peer.pingNonce).finish())
}

/** [BIP31] */
export function onPing(context: PeerContext, peer: Peer, reader: ByteReader): void {
  context.message(peer, 'pong', reader.take(8))
}

/** A pong that nobody waits for is ignored, as is one too short. [Core ProcessMessage PONG] */
export function onPong(_context: PeerContext, peer: Peer, reader: ByteReader): void {
  if (reader.remaining >= 8 && reader.u64() === peer.pingNonce) peer.pingNonce = undefined
}

/** Pings when it is time, and gives up a peer that does not answer or does not finish its handshake. */
export function keepAlive(context: PeerContext, peer: Peer) {
  const { now, options } = context
  if (!peer.established) {
    if (now >= peer.connectedAt + options.handshakeMs) context.disconnect(peer, 'handshake timeout')
    return
  }
  if (peer.pingNonce !== undefined && now >= peer.pingedAt + options.pongMs)
    return context.disconnect(peer, 'ping timeout')
  if (peer.pingNonce === undefined && now >= peer.pingedAt + options.pingIntervalMs) sendPing(context, peer)
}

/** When `keepAlive` next has something to do. */
export function keepAliveAt({ options }: PeerContext, peer: Peer): number {
  if (!peer.established) return peer.connectedAt + options.handshakeMs
  return peer.pingedAt + (peer.pingNonce === undefined ? options.pingIntervalMs : options.pongMs)
}
