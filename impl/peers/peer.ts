import type { BlockNode } from '../chainstate/index.ts'
import type { Hasher, InventoryItem, VersionMessage } from '../wire/index.ts'
import { FRAME_HEADER_BYTES, type Frame, FrameReader, PROTOCOL_VERSION } from '../wire/index.ts'
import { PeerBlocks } from './blocks/peer-blocks.ts'
import { PeerConnection } from './connection/peer-connection.ts'
import { PeerHeaders } from './headers/peer-headers.ts'
import { PeerServing } from './serving/peer-serving.ts'
import { PeerTransactions } from './transactions/peer-transactions.ts'

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

  // What one protocol alone keeps.
  readonly connection = new PeerConnection()
  readonly headers = new PeerHeaders()
  readonly blocks = new PeerBlocks()
  readonly transactions = new PeerTransactions()
  readonly serving = new PeerServing()

  // What several protocols read.
  version: VersionMessage | undefined
  established = false
  wtxidRelay = false
  /** The best block it is known to have. */
  best: BlockNode | undefined
  /** The last header that it was sent, and thus has. */
  headerSent: BlockNode | undefined
  /** It has been asked for headers at least once. */
  headersStarted = false
  headersHeardAt = 0
  /** It wants new blocks announced by their headers. [BIP130] */
  wantsHeaders = false
  readonly asked: InventoryItem[] = []
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
