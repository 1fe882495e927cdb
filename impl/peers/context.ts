import type { ChainParameters } from '../chains/index.ts'
import type { Chainstate } from '../chainstate/index.ts'
import type { RecentSet } from '../collections/index.ts'
import type { FilterIndex } from '../filters/index.ts'
import type { Orphanage, TransactionPool } from '../mempool/index.ts'
import type { Crypto } from '../script-engine/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import type { Block, Transaction } from '../wire/index.ts'
import type { BlockDownloads } from './blocks/block-downloads.ts'
import type { ExtraTransactions } from './blocks/extra-transactions.ts'
import type { LatestBlock } from './blocks/latest-block.ts'
import type { NonSignallingBlocks } from './blocks/non-signalling-blocks.ts'
import type { SharedBlocks } from './blocks/shared-blocks.ts'
import type { PeerOptions } from './options.ts'
import type { Peer } from './peer.ts'
import type { RequestTracker } from './transactions/request-tracker.ts'
import type { SharedTransactions } from './transactions/shared-transactions.ts'
import type { Unbroadcast } from './transactions/unbroadcast.ts'

/** What peers' logic may ask of the node round it. */
export interface PeerHost {
  readonly parameters: ChainParameters
  readonly hasher: Crypto
  readonly chain: Chainstate
  readonly pool: TransactionPool
  /** Filters to serve; absent when they are not served. [BIP157] */
  readonly filters: FilterIndex | undefined
  /** A number in [0, 1). */
  entropy(): number
  send(peer: Peer, frame: Uint8Array): void
  closed(peer: Peer, reason: string): void
  log(level: 'debug' | 'info' | 'warning', message: string): void
  /** A header from a peer was judged for the first time. */
  headerJudged(hash: Uint8Array, verdict: BlockVerdict, peer: number): void
  /** Judges a block and keeps it. Whether it connects comes back through `Network.blockJudged`. */
  deliverBlock(block: Block, peer: number, isRebuilt: boolean): BlockVerdict
  deliverTransaction(transaction: Transaction, peer: number): TransactionFate
  /** Sats per 1,000 virtual bytes that the pool asks at present. */
  feeFloor(): number
}

/** What became of a transaction from a peer. */
export type TransactionFate =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'known' }
  /** Inputs are unknown: ids of the transactions that are missing. */
  | { readonly kind: 'orphan'; readonly parents: readonly Uint8Array[] }
  /** `byWitness`: another witness may make it valid. */
  | { readonly kind: 'refused'; readonly byWitness: boolean; readonly reason: string }

/** What all functions of this folder share. */
export interface PeerContext extends PeerHost {
  readonly options: PeerOptions
  readonly peers: ReadonlyMap<number, Peer>
  readonly downloads: BlockDownloads
  readonly requests: RequestTracker
  /** What one protocol alone keeps. */
  readonly blocks: SharedBlocks
  readonly transactions: SharedTransactions
  /** The latest block that joined the active chain. */
  readonly latestBlock: LatestBlock
  readonly nonSignalling: NonSignallingBlocks
  readonly unbroadcast: Unbroadcast
  /** Transactions beside the pool that help to put blocks together. */
  readonly extra: ExtraTransactions
  readonly orphans: Orphanage
  /** Transactions confirmed recently, by txid and by wtxid. */
  readonly confirmed: RecentSet
  /** Milliseconds of Unix time, the same throughout a step. */
  readonly now: number
  message(peer: Peer, command: string, payload: Uint8Array): void
  /** Closes the connection. */
  disconnect(peer: Peer, reason: string): void
  /** A peer broke the protocol: it is disconnected and its address discouraged, unless it is trusted. */
  misbehaved(peer: Peer, reason: string): void
  /** The peer has something to work off. */
  wake(peer: Peer): void
  /** The node is far behind the present: it fetches blocks and leaves transactions alone. */
  isCatchingUp(): boolean
}
