/** How a node behaves towards its peers. Times in milliseconds. Values in comments are Core's names. */
export interface PeerOptions {
  readonly userAgent: string
  /** Whether unconfirmed transactions are asked for and announced. [-blocksonly] */
  readonly relayTransactions: boolean
  readonly compactBlocks: boolean
  /** Serve block filters. [BIP157] */
  readonly blockFilters: boolean
  readonly handshakeMs: number
  readonly pingIntervalMs: number
  /** A peer that owes a pong for so long is gone. [TIMEOUT_INTERVAL] */
  readonly pongMs: number
  /** A peer that announced nothing for so long is asked for headers, in case an announcement was lost. */
  readonly headersPollMs: number
  /** No second request for headers while one is younger. [HEADERS_RESPONSE_TIME] */
  readonly headersResponseMs: number
  /** Mean delay before transactions are announced; 0 announces at once. [INBOUND_, OUTBOUND_INVENTORY_BROADCAST_INTERVAL] */
  readonly announceInboundMs: number
  readonly announceOutboundMs: number
  /** How much later a transaction is asked from a peer that connected to us, or is busy. [NONPREF_PEER_TX_DELAY] */
  readonly txRequestDelayMs: number
  /** After it another peer is asked. [GETDATA_TX_INTERVAL] */
  readonly txRequestMs: number
  readonly blocksInFlightMax: number
  /** Blocks beyond the last common one that are asked for. [BLOCK_DOWNLOAD_WINDOW] */
  readonly downloadWindow: number
  /** Least and most time that a peer may hold up the window. [BLOCK_STALLING_TIMEOUT_DEFAULT, _MAX] */
  readonly stallMs: number
  readonly stallMsMax: number
  /** A block asked for must arrive within so many block intervals, half of one more for each other peer at work. */
  readonly blockIntervals: number
  /** Beyond so many unprocessed bytes no more should be read from a peer. [-maxreceivebuffer] */
  readonly receiveBytesPaused: number
  /** A peer that piles up so many all the same is cut. */
  readonly receiveBytesMax: number
  /** Bytes of answers sent in one go before others have their turn. [-maxsendbuffer] */
  readonly serveBytesPerStep: number
  /** Older tips mean that the node still catches up, which stops transaction relay; Infinity: never. [-maxtipage] */
  readonly tipAgeMaxMs: number
}

export const PEER_OPTIONS: PeerOptions = {
  userAgent: '/touchstone:0.1.0/',
  relayTransactions: true,
  compactBlocks: true,
  blockFilters: false,
  handshakeMs: 60_000,
  pingIntervalMs: 120_000,
  pongMs: 1_200_000,
  headersPollMs: 600_000,
  headersResponseMs: 120_000,
  announceInboundMs: 5_000,
  announceOutboundMs: 2_000,
  txRequestDelayMs: 2_000,
  txRequestMs: 60_000,
  blocksInFlightMax: 16,
  downloadWindow: 1024,
  stallMs: 2_000,
  stallMsMax: 64_000,
  blockIntervals: 1,
  receiveBytesPaused: 5_000_000,
  receiveBytesMax: 128_000_000,
  serveBytesPerStep: 1_000_000,
  tipAgeMaxMs: Number.POSITIVE_INFINITY,
}
