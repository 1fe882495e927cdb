import { randomNonce } from '../../collections/index.ts'
import type { ByteReader } from '../../wire/index.ts'
import { ByteWriter, EMPTY_BYTES, PING_NONCE_VERSION } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import type { Peer } from '../peer.ts'
import type { PeerConnection } from './peer-connection.ts'

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
  const length = reader.remaining
  const nonce = length >= 8 ? reader.u64() : 0n
  const problem = problemOf(peer.connection, length, nonce)
  if (problem !== undefined)
    context.log(
      'debug',
      `pong peer=${peer.id}: ${problem}, ${(peer.connection.pingNonce ?? 0n).toString(16)} expected, ${nonce.toString(16)} received, ${length} bytes`,
    )
  if (nonce === peer.connection.pingNonce) notePong(peer, context.now - peer.connection.pingedAt)
  if (nonce === peer.connection.pingNonce || nonce === 0n) peer.connection.pingNonce = undefined
}

/** In Core's words. [Core ProcessMessage PONG] */
function problemOf({ pingNonce }: PeerConnection, length: number, nonce: bigint): string | undefined {
  if (length < 8) return 'Short payload'
  if (pingNonce === undefined) return 'Unsolicited pong without ping'
  if (nonce === pingNonce) return undefined
  return nonce === 0n ? 'Nonce zero' : 'Nonce mismatch'
}

function notePong(peer: Peer, tookMs: number): void {
  peer.connection.pongMs = tookMs
  peer.connection.pongMsMin = Math.min(peer.connection.pongMsMin ?? tookMs, tookMs)
}

/** Pings when it is time, and gives up a peer that does not answer or does not finish its handshake. */
export function keepAlive(context: PeerContext, peer: Peer) {
  const { now, options } = context
  if (!peer.established) {
    if (now >= peer.connectedAt + options.handshakeMs)
      context.disconnect(peer, handshakeFault(peer, options.handshakeMs))
    return
  }
  if (peer.connection.pingNonce !== undefined && now >= peer.connection.pingedAt + options.pongMs)
    return context.disconnect(peer, `ping timeout: ${((now - peer.connection.pingedAt) / 1000).toFixed(6)}s`)
  if (peer.connection.pingNonce === undefined && now >= peer.connection.pingedAt + options.pingIntervalMs)
    sendPing(context, peer)
}

/** What the peer did not do in time, in Core's words. [Core InactivityCheck, Start of ShouldRunInactivityChecks] */
function handshakeFault(peer: Peer, limitMs: number): string {
  const isSilent = peer.bytesPerCommand.size === 0
  const isUnanswered = peer.inbound && peer.version === undefined
  if (!isSilent && !isUnanswered) return 'version handshake timeout'
  const faults = [
    ...(isSilent ? ['never received from peer'] : []),
    ...(isUnanswered ? ['never sent to peer'] : []),
  ]
  return `socket no message in first ${Math.floor(limitMs / 1000)} seconds, ${faults.join(', ')}`
}

/** When `keepAlive` next has something to do. */
export function keepAliveAt({ options }: PeerContext, peer: Peer): number {
  if (!peer.established) return peer.connectedAt + options.handshakeMs
  return (
    peer.connection.pingedAt +
    (peer.connection.pingNonce === undefined ? options.pingIntervalMs : options.pongMs)
  )
}
