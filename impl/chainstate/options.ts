import type { ChainParameters } from '../chains/index.ts'
import type { Crypto, ScriptChecks } from '../script-engine/index.ts'
import type { Files, OrderedStore } from '../storage/index.ts'
import type { BlockNode } from './block-node.ts'

/** What a chainstate is opened with; sizes are in bytes. */
export interface ChainstateOptions {
  readonly chain: ChainParameters
  readonly files: Files
  readonly store: OrderedStore
  readonly crypto: Crypto
  readonly checks: ScriptChecks
  /** Any 32-bit number; it keeps positions in memory unforeseeable and shows nowhere. */
  readonly salt?: number
  /** Keep the digest of all coins from the start, which costs one hash for each coin made or spent. */
  readonly digest?: boolean
  /** Count and add up all coins when the store is opened, and compare. About a second for a million coins. */
  readonly checkCoins?: boolean
  /** Coins in memory beyond this many bytes are flushed. */
  readonly coinBytesMax?: number
  /** Flush after this many blocks were connected or disconnected, however small the coins. */
  readonly flushAfterBlocks?: number
  /** Index entries or coins in one batch of a flush. */
  readonly flushSliceOperations?: number
  /** Hash, as people write it, of a block whose scripts and those of its ancestors are taken as right. [Core -assumevalid] */
  readonly assumeValid?: string | undefined
  /** Hears from which block on scripts are judged, and why, or, without a reason, no more. */
  readonly scriptsTurned?: (node: BlockNode, reason: string | undefined) => void
  /** A block file that would grow beyond this many bytes is followed by another. */
  readonly fileBytesMax?: number
}

/** The sizes that a chainstate uses where its options name none. */
export const CHAINSTATE_DEFAULTS = {
  checkCoins: true,
  coinBytesMax: 450 << 20,
  flushAfterBlocks: 2000,
  flushSliceOperations: 8000,
  fileBytesMax: 128 << 20,
} as const
