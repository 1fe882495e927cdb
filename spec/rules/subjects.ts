import type { Feature, ScriptExtension } from '../script/index.ts'
import type {
  Block,
  Branch,
  Coin,
  Hash,
  Header,
  Height,
  Outpoint,
  Output,
  Sats,
  Transaction,
} from '../vocabulary/index.ts'

/** A header by itself. */
export interface ContextFreeHeader {
  readonly header: Header
  /** What the chain's proof-of-work function makes of the header. */
  readonly workHash: Hash
}

/** A header on top of a known parent, when our clock shows `now` (Unix seconds). */
export interface HeaderInContext {
  readonly header: Header
  readonly parent: Branch
  readonly now: number
}

/** A version bit that the blocks of a period have to set, but for a few. */
export interface SignalDuty {
  readonly bit: number
  /** Blocks of a period. */
  readonly window: number
  /** How many blocks of the period may leave the bit unset. */
  readonly silentMax: number
}

/** A header where blocks may have to signal. */
export interface SignallingHeader extends HeaderInContext {
  /** The deployments for which they have to. */
  readonly mustSignal: readonly SignalDuty[]
}

/** A block by itself. */
export interface ContextFreeBlock {
  readonly block: Block
  /** Present on signets, but for their first block. */
  readonly signetChallenge: Uint8Array | undefined
}

/** A block on top of a known parent, its inputs not yet looked up. */
export interface BlockInContext {
  readonly block: Block
  readonly height: Height
  readonly parent: Branch
}

/** When a transaction is to be included. */
export interface InclusionTime {
  readonly transaction: Transaction
  readonly height: Height
  readonly parent: Branch
  /** The time in the header of the block that includes it. */
  readonly blockTime: number
}

/** A block together with the coins that it spends. */
export interface BlockSpend {
  readonly block: Block
  readonly height: Height
  readonly transactions: readonly TransactionSpend[]
  /** What all transactions leave over; unknown when some transaction's fee is. */
  readonly fees: Sats | undefined
}

/** Features of an upgrade that leaves coins alone which are older than itself. */
export interface SparedFeatures {
  readonly features: readonly Feature[]
  /** Coins created below this height are spent without them. */
  readonly below: Height
}

/** A transaction together with the coins that it spends; a coinbase spends none. */
export interface TransactionSpend {
  readonly transaction: Transaction
  readonly spendHeight: Height
  readonly parent: Branch
  /** One per input; absent where no such coin is unspent. */
  readonly coins: readonly (Coin | undefined)[]
  /** The outputs of all coins; unknown when one coin is. */
  readonly spentOutputs: readonly Output[] | undefined
  /** The first output that an unspent coin of the same name stands in the way of. */
  readonly overwritten: Outpoint | undefined
  /** What the inputs have more than the outputs; unknown when a coin is, or when it is less. */
  readonly fee: Sats | undefined
  /** Fees of the block up to and including this transaction. */
  readonly feesSoFar: Sats | undefined
  /** Signature operation cost of the block up to and including this transaction. */
  readonly sigopCostSoFar: number | undefined
  readonly features: ReadonlySet<Feature>
  readonly extension: ScriptExtension
  readonly spared: readonly SparedFeatures[]
}

/** One input and the coin that it spends. */
export interface InputSpend {
  readonly outpoint: Outpoint
  readonly coin: Coin
  readonly spendHeight: Height
  /** Sum of the values of the inputs up to and including this one. */
  readonly valueSoFar: Sats
}

/** One input whose scripts are to be run. */
export interface ScriptSpend {
  readonly transaction: Transaction
  readonly inputIndex: number
  readonly spentOutputs: readonly Output[]
  readonly features: ReadonlySet<Feature>
  readonly extension: ScriptExtension
}
