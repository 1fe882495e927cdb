import { randomNonce } from '../../collections/index.ts'
import type { ByteReader } from '../../wire/index.ts'
import { ByteWriter, EMPTY_BYTES, PING_NONCE_VERSION } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'

/** An old peer gets a ping without a nonce, to which there is no answer. [BIP31] */
export function sendPing(context: PeerContext, peer: Peer) {
  peer.connection.pingedAt = context.now
  if (peer.commonVersion < PING_NONCE_VERSION) return context.message(peer, 'ping', EMPTY_BYTES)
  const nonce = randomNonce(context)
  peer.connection.pingNonce = nonce === 0n ? 1n : nonce
  context.message(peer, 'ping', new ByteWriter(8).u64(peer.connection.pingNonce).finish())
}

/** [BIP31] */
export function onPing(context: PeerContext, peer: Peer, reader: ByteReader): void {
  if (peer.commonVersion >= PING_NONCE_VERSION) context.message(peer, 'pong', reader.take(8))
}

/** A pong of nonce zero or too short comes from a program with a bug, and ends the ping; one of another nonce does not. [Core ProcessMessage PONG] */
export function onPong(context: PeerContext, peer: Peer, reader: ByteReader): void {
  const nonce = reader.remaining >= 8 ? reader.u64() : 0n
  if (nonce === peer.connection.pingNonce) notePong(peer, context.now - peer.connection.pingedAt)
  if (nonce === peer.connection.pingNonce || nonce === 0n) peer.connection.pingNonce = undefined
}

function notePong(peer: Peer, tookMs: number): void {
  peer.connection.pongMs = tookMs
  peer.connection.pongMsMin = Math.min(peer.connection.pongMsMin ?? tookMs, tookMs)
}

/** Pings when it is time, and gives up a peer that does not answer or does not finish its handshake. */
export function keepAlive(context: PeerContext, peer: Peer) {
  const { now, options } = context
  if (!peer.established) {
    if (now >= peer.connectedAt + options.handshakeMs) context.disconnect(peer, 'handshake timeout')
    return
  }
  if (peer.connection.pingNonce !== undefined && now >= peer.connection.pingedAt + options.pongMs)
    return context.disconnect(peer, 'ping timeout')
  if (peer.connection.pingNonce === undefined && now >= peer.connection.pingedAt + options.pingIntervalMs)
    sendPing(context, peer)
}

/** When `keepAlive` next has something to do. */
export function keepAliveAt({ options }: PeerContext, peer: Peer): number {
  if (!peer.established) return peer.connectedAt + options.handshakeMs
  return (
    peer.connection.pingedAt +
    (peer.connection.pingNonce === undefined ? options.pingIntervalMs : options.pongMs)
  )
}
