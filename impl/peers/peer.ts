import type { BlockNode } from '../chainstate/index.ts'
import { RecentFingerprints } from '../collections/index.ts'
import type { CompactBlock, Hasher, InventoryItem, Transaction, VersionMessage } from '../wire/index.ts'
import { FRAME_HEADER_BYTES, type Frame, FrameReader, PROTOCOL_VERSION } from '../wire/index.ts'
import type { HeadersPresync } from './headers/presync.ts'

const KNOWN_TRANSACTIONS_MAX = 50_000

/** A block that a peer was asked for. */
export interface BlockRequest {
  readonly hash: Uint8Array
  readonly key: string
  /** Absent when the header was not known at the time of asking. */
  readonly node: BlockNode | undefined
  /** Milliseconds. */
  readonly requestedAt: number
  /** What has been put together so far of a compact block, or that it could not be put together. */
  readonly partial?: PartialCompactBlock | 'failed'
}

/** A compact block with the transactions found so far; `missing` are the positions asked for. */
export interface PartialCompactBlock {
  readonly compact: CompactBlock
  readonly slots: (Transaction | undefined)[]
  readonly missing: readonly number[]
}

/** A peer has until `deadline` to show a chain with the work of `goal`; then it is asked once more. */
export interface Lag {
  readonly goal: BlockNode
  readonly deadline: number
  readonly isLastCall: boolean
}

/**
 * What a connection that we opened is for: everything, blocks alone, or a look whether somebody is there.
 * [Core ConnectionType OUTBOUND_FULL_RELAY, BLOCK_RELAY, FEELER]
 */
export type ConnectionPurpose = 'everything' | 'blocks' | 'feeler'

/** All that is known of one connection. Times in milliseconds; 0 stands for never. */
export class Peer {
  readonly id: number
  readonly inbound: boolean
  /** Without port, as `hostOf` spells it. */
  readonly host: string
  /** Misbehaviour is noted but not punished: the operator chose it. [Core noban, manual connections] */
  readonly trusted: boolean
  readonly purpose: ConnectionPurpose
  readonly connectedAt: number
  readonly reader: FrameReader
  gone = false
  /** Bytes of messages worked off, by command; what no protocol handles counts under `*other*`. [Core mapRecvBytesPerMsgType] */
  readonly bytesPerCommand = new Map<string, number>()
  /** When it last gave us a block or a transaction that was new. */
  blockAt = 0
  transactionAt = 0

  // handshake
  version: VersionMessage | undefined
  nonce = 0n
  established = false
  wtxidRelay = false

  // keeping alive
  pingNonce: bigint | undefined
  pingedAt = 0
  /** How long the latest pong took, and the quickest. */
  pongMs: number | undefined
  pongMsMin: number | undefined

  // headers
  /** The best block it is known to have. */
  best: BlockNode | undefined
  /** A block it announced whose header is unknown. */
  announcedUnknown: Uint8Array | undefined
  /** The last header that it was sent, and thus has. */
  headerSent: BlockNode | undefined
  headersAskedAt = 0
  /** It has been asked for headers at least once. */
  headersStarted = false
  headersHeardAt = 0
  /** An announcement by hash had it asked for headers out of turn. */
  wasAskedForInv = false
  /** By when it shall have told all headers. */
  headersDeadline = Number.POSITIVE_INFINITY
  /** Since it was seen to be behind our chain. */
  lag: Lag | undefined
  /** It kept up with our chain once, and need not always. */
  isProtected = false
  /** It wants new blocks announced by their headers. [BIP130] */
  wantsHeaders = false
  sentSendHeaders = false
  /** A long branch of it that has yet to show its work. */
  presync: HeadersPresync | undefined

  // blocks
  common: BlockNode | undefined
  readonly inFlight = new Map<string, BlockRequest>()
  /** Since when it holds up the download window. */
  stallingSince = 0
  downloadingSince = 0
  /** It understands compact blocks of version 2, and wants them unasked. [BIP152] */
  compactBlocks = false
  wantsCompactUnasked = false
  sendsCompactUnasked = false

  // transactions
  readonly knownTransactions = new RecentFingerprints(KNOWN_TRANSACTIONS_MAX)
  /** Keys of transactions to announce. */
  readonly announcements = new Set<string>()
  announceAt = 0
  /** The pool's entries before this sequence number may have been announced to it. */
  toldUpTo = 0
  /** Keys, with witness, of orphans of it that are to be tried again. */
  readonly retries = new Set<string>()
  /** Sats per 1,000 virtual bytes below which it wants to hear of nothing. [BIP133] */
  feeFilter = 0
  feeFilterSent = -1
  feeFilterAt = 0

  // serving
  /** The last block of an answer to getblocks that was as long as may be. */
  continuation: BlockNode | undefined
  readonly asked: InventoryItem[] = []
  /** Blocks whose filters it asked for. */
  readonly filtersAsked: BlockNode[] = []
  /** What was sent to it piles up: it is not heard until that has gone. */
  isCongested = false

  constructor(
    id: number,
    inbound: boolean,
    host: string,
    trusted: boolean,
    purpose: ConnectionPurpose,
    now: number,
    magic: Uint8Array,
    hasher: Hasher,
  ) {
    this.id = id
    this.inbound = inbound
    this.host = host
    this.trusted = trusted
    this.purpose = purpose
    this.connectedAt = now
    this.reader = new FrameReader(magic, hasher)
  }

  /** Counts a message of it. */
  count(name: string, { payload }: Frame): void {
    const before = this.bytesPerCommand.get(name) ?? 0
    this.bytesPerCommand.set(name, before + FRAME_HEADER_BYTES + payload.length)
  }

  /** What both ends understand; 0 before its version is known. */
  get commonVersion(): number {
    return Math.min(this.version?.version ?? 0, PROTOCOL_VERSION)
  }

  /** We chose it by ourselves, so that we may choose another instead. */
  get isReplaceable(): boolean {
    return !this.inbound && !this.trusted
  }

  /** It announced the block or one above it, or was sent its header. [Core PeerHasHeader] */
  hasHeader(node: BlockNode): boolean {
    return this.best?.descendsFrom(node) === true || this.headerSent?.descendsFrom(node) === true
  }

  /** Whether it wants unconfirmed transactions. */
  get takesTransactions(): boolean {
    return this.version?.relay === true && this.purpose === 'everything'
  }
}
