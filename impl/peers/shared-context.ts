import { RecentSet } from '../collections/index.ts'
import { Orphanage } from '../mempool/index.ts'
import type { Crypto } from '../script-engine/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import type { Block } from '../wire/index.ts'
import { encodeFrame } from '../wire/index.ts'
import { BlockDownloads } from './blocks/block-downloads.ts'
import { ExtraTransactions } from './blocks/extra-transactions.ts'
import { LatestBlock } from './blocks/latest-block.ts'
import { NonSignallingBlocks } from './blocks/non-signalling-blocks.ts'
import { SharedBlocks } from './blocks/shared-blocks.ts'
import type { PeerContext, PeerHost } from './context.ts'
import type { PeerOptions } from './options.ts'
import type { Peer } from './peer.ts'
import { RequestTracker } from './transactions/request-tracker.ts'
import { SharedTransactions } from './transactions/shared-transactions.ts'
import { Unbroadcast } from './transactions/unbroadcast.ts'

const CONFIRMED_MAX = 48_000

/** What the functions of this folder share, over the host that the node gives. */
export class SharedContext implements PeerContext {
  readonly options: PeerOptions
  readonly peers: ReadonlyMap<number, Peer>
  readonly downloads = new BlockDownloads()
  readonly requests: RequestTracker
  readonly blocks: SharedBlocks
  readonly transactions = new SharedTransactions()
  readonly orphans = new Orphanage()
  readonly confirmed = new RecentSet(CONFIRMED_MAX)
  readonly hasher: Crypto
  readonly #host: PeerHost
  readonly #punish: (peer: Peer, reason: string) => void
  readonly wake: (peer: Peer) => void
  readonly latestBlock = new LatestBlock()
  readonly nonSignalling = new NonSignallingBlocks()
  readonly unbroadcast = new Unbroadcast()
  /** A transaction from a peer is being judged. */
  isDelivering = false
  readonly extra = new ExtraTransactions()
  now = 0
  #caughtUp = false
  #lastFrame: { command: string; payload: Uint8Array; frame: Uint8Array } | undefined

  constructor(
    host: PeerHost,
    options: PeerOptions,
    peers: ReadonlyMap<number, Peer>,
    punish: (peer: Peer, reason: string) => void,
    wake: (peer: Peer) => void,
  ) {
    this.#host = host
    this.#punish = punish
    this.wake = wake
    this.options = options
    this.peers = peers
    this.hasher = host.hasher
    this.requests = new RequestTracker(options.txRequestMs)
    this.blocks = new SharedBlocks(options)
  }

  get parameters() {
    return this.#host.parameters
  }

  get chain() {
    return this.#host.chain
  }

  get pool() {
    return this.#host.pool
  }

  get filters() {
    return this.#host.filters
  }

  entropy(): number {
    return this.#host.entropy()
  }

  send(peer: Peer, frame: Uint8Array): void {
    if (!peer.gone) this.#host.send(peer, frame)
  }

  closed(peer: Peer, reason: string): void {
    this.#host.closed(peer, reason)
  }

  log: PeerHost['log'] = (level, message) => this.#host.log(level, message)

  headerJudged(hash: Uint8Array, verdict: BlockVerdict, peer: number): void {
    this.#host.headerJudged(hash, verdict, peer)
  }

  deliverBlock(block: Block, peer: number, isRebuilt: boolean): BlockVerdict {
    return this.#host.deliverBlock(block, peer, isRebuilt)
  }

  deliverTransaction: PeerHost['deliverTransaction'] = (transaction, peer) => {
    this.isDelivering = true
    try {
      return this.#host.deliverTransaction(transaction, peer)
    } finally {
      this.isDelivering = false
    }
  }

  feeFloor(): number {
    return this.#host.feeFloor()
  }

  message(peer: Peer, command: string, payload: Uint8Array): void {
    this.send(peer, this.#frame(command, payload))
  }

  disconnect(peer: Peer, reason: string): void {
    if (peer.gone) return
    peer.gone = true
    this.closed(peer, reason)
  }

  misbehaved(peer: Peer, reason: string): void {
    this.#punish(peer, reason)
  }

  /** Once caught up, a node stays so until it restarts. [Core IsInitialBlockDownload] */
  isCatchingUp(): boolean {
    if (this.#caughtUp) return false
    const { tip } = this.chain
    const isBehind =
      tip.chainWork < this.parameters.minimumChainWork ||
      tip.time * 1000 < this.now - this.options.tipAgeMaxMs
    this.#caughtUp = !isBehind
    return isBehind
  }

  /** The same payload to many peers is framed once. */
  #frame(command: string, payload: Uint8Array): Uint8Array {
    const last = this.#lastFrame
    if (last !== undefined && last.payload === payload && last.command === command) return last.frame
    const frame = encodeFrame(this.parameters.magic, command, payload, this.hasher)
    this.#lastFrame = { command, payload, frame }
    return frame
  }
}
