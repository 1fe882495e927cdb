import type { ChainParameters } from '../chains/index.ts'
import type { ChainstateOptions } from '../chainstate/index.ts'
import type { MempoolPolicy } from '../mempool/index.ts'
import type { PeerOptions } from '../peers/index.ts'

/** Which indexes are kept beside the chain; none unless asked for. */
export interface IndexOptions {
  readonly transactions?: boolean
  readonly spenders?: boolean
  /** Totals of the book of double entry. */
  readonly ledger?: boolean
  /** Block filters, whether or not they are served to peers. [BIP158] */
  readonly filters?: boolean
}

/** Everything a node is started with. */
export interface NodeSetup
  extends Pick<
    ChainstateOptions,
    | 'files'
    | 'store'
    | 'crypto'
    | 'checks'
    | 'digest'
    | 'coinBytesMax'
    | 'flushAfterBlocks'
    | 'fileBytesMax'
    | 'assumeValid'
    | 'checkCoins'
  > {
  readonly chain: ChainParameters
  /** A number in [0, 1), the node's only source of chance. */
  readonly entropy: () => number
  /** Departures from Core's relay policy, or from no standardness on a chain without minimum work. */
  readonly policy?: Partial<MempoolPolicy>
  readonly peers?: Partial<PeerOptions>
  readonly indexes?: IndexOptions
}
