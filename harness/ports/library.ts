import type { ChainReference, HashHex, Hex } from './references.ts'

/** What a library can be asked: it judges scripts, transactions and blocks without a chain. */
export const LIBRARY_CAPABILITIES = [
  'verifyScript', // single scripts are verified
  'scriptErrors', // … and a refusal has Core's name of the script error
  'signatureHash', // what is signed can be asked for
  'checkTransaction', // transactions are checked without context
  'checkBlock', // blocks are checked without their ancestors
  'decode', // ids of serialized items can be asked for
  'reasons', // refusals of transactions and blocks carry Core's reject strings
] as const
export type LibraryCapability = (typeof LIBRARY_CAPABILITIES)[number]

export interface SpentOutput {
  readonly value: bigint
  readonly script: Uint8Array
}

/** One input's scripts, judged in the transaction that spends it. */
export interface ScriptRequest {
  readonly transaction: Uint8Array
  readonly inputIndex: number
  /** One per input of the transaction, in order. */
  readonly spentOutputs: readonly SpentOutput[]
  /** Core's flag names without prefix: `P2SH`, `WITNESS`, `TAPROOT`, `DERSIG`, also policy flags such as `CLEANSTACK`. */
  readonly flags: readonly string[]
}

/** Core's script error name without prefix, for example `EVAL_FALSE`; `OK` when the scripts allow the spend. */
export type ScriptErrorName = string

export type SignatureHashRequest =
  | {
      readonly version: 'legacy'
      readonly transaction: Uint8Array
      readonly inputIndex: number
      readonly scriptCode: Uint8Array
      readonly hashType: number
    }
  | {
      readonly version: 'witness-v0'
      readonly transaction: Uint8Array
      readonly inputIndex: number
      readonly scriptCode: Uint8Array
      readonly hashType: number
      readonly value: bigint
    }
  | {
      readonly version: 'taproot'
      readonly transaction: Uint8Array
      readonly inputIndex: number
      readonly spentOutputs: readonly SpentOutput[]
      readonly hashType: number
    }

/** A block together with the coins it spends, judged without its ancestors. */
export interface SingleBlockRequest {
  readonly chain: ChainReference
  readonly block: Uint8Array
  /** In input order, the coinbase left out; absent: judge what needs no coins (structure, Merkle root, witness commitment, weight). */
  readonly spentOutputs?: readonly SpentOutput[]
  /** Where the block and its coins stand; absent: neither maturity, nor relative locks, nor the coinbase's amount is judged. */
  readonly place?: SingleBlockPlace
  readonly flags: readonly string[]
}

/** What is known of a block's chain when its ancestors are not at hand. */
export interface SingleBlockPlace {
  readonly height: number
  /** Unix seconds: of the block's parent. */
  readonly medianTime: number
  /** One per spent output, in the same order. */
  readonly origins: readonly CoinOrigin[]
}

export interface CoinOrigin {
  readonly height: number
  readonly isCoinbase: boolean
  /** Unix seconds: the median time of the block before the one that made the coin. [BIP68] */
  readonly medianTime: number
}

/** A block on its parent, its coins and its proof of work left out. */
export interface BlockOnParentRequest {
  readonly chain: ChainReference
  readonly block: Uint8Array
  /**
   * Headers below the block without a gap, its parent last: as many as the median time, the difficulty and signalling
   * soft forks ask for.
   */
  readonly ancestors: readonly Uint8Array[]
  readonly parentHeight: number
  /** What the clock shows, Unix seconds. */
  readonly now: number
}

/** The ids of an item, as people write them. */
export interface DecodedItem {
  readonly id: HashHex
  /** Of a transaction: its wtxid. */
  readonly witnessId?: HashHex
}

export interface DecodeRequest {
  readonly kind: 'header' | 'block' | 'transaction'
  /** All of them belong to the item. */
  readonly bytes: Uint8Array
}

/** Scripts, transactions and blocks, judged without a chain. A function that is not among `can` abstains. */
export interface Library {
  readonly can: ReadonlySet<LibraryCapability>
  /** The script flags that it knows; absent: all. */
  readonly flags?: ReadonlySet<string>
  verifyScript(request: ScriptRequest): ScriptErrorName
  signatureHash(request: SignatureHashRequest): Hex
  /** `ok`, or Core's reject string. */
  checkTransaction(transaction: Uint8Array): string
  /** `ok`, or a reject string, or `script: NAME`. */
  checkBlock(request: SingleBlockRequest): string
  /** Undefined for what is not well-formed. */
  decode(request: DecodeRequest): DecodedItem | undefined
}
