/** What the handshake and the pings know of one peer. Times in milliseconds; 0 stands for never. */
export class PeerConnection {
  /** Of our version message to it, by which we know ourselves. */
  nonce = 0n
  pingNonce: bigint | undefined
  pingedAt = 0
  /** How long the latest pong took, and the quickest. */
  pongMs: number | undefined
  pongMsMin: number | undefined
}
