import type { Block } from '../wire/index.ts'

/** When a soft fork is in force. `always` from block 1 on; `time` once the parent's median time has reached it. */
export type Deployment =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'height'; readonly height: number }
  | { readonly kind: 'time'; readonly medianTime: number }
  | {
      readonly kind: 'bip9'
      readonly bit: number
      readonly startTime: number
      readonly timeout: number
      readonly minActivationHeight: number
      readonly threshold: number
      readonly window: number
    }
  | {
      readonly kind: 'bip8'
      readonly bit: number
      readonly startHeight: number
      readonly timeoutHeight: number
      /** It locks in at the time-out at the latest: in the period before, blocks must signal. */
      readonly lockInOnTimeout: boolean
      readonly threshold: number
      readonly window: number
    }

export const DEPLOYMENT_NAMES = ['bip16', 'bip34', 'bip65', 'bip66', 'csv', 'segwit', 'taproot'] as const
export type DeploymentName = (typeof DEPLOYMENT_NAMES)[number]

/** The numbers of a chain. Amounts in sats, times in seconds. */
export interface ChainLimits {
  readonly powLimit: bigint
  readonly retargetInterval: number
  readonly targetSpacing: number
  /** Every block has its parent's bits. [Core fPowNoRetargeting] */
  readonly noRetargeting: boolean
  /** A block more than two spacings after its parent may have the lowest difficulty. [Core fPowAllowMinDifficultyBlocks] */
  readonly allowMinDifficulty: boolean
  /** [BIP94] */
  readonly enforceBip94: boolean
  /** A period is measured from the last block of the one before it, as on Litecoin's chains. */
  readonly measuresWholePeriods: boolean
  readonly initialSubsidy: number
  readonly halvingInterval: number
  readonly maxMoney: number
  readonly coinbaseMaturity: number
  readonly maxBlockWeight: number
  readonly maxBlockSigopsCost: number
  readonly maxFutureSeconds: number
  readonly medianTimeSpan: number
}

/** How BIP30 is bypassed on a chain. */
export interface DuplicatePolicy {
  /** Blocks whose coinbase may overwrite unspent coins: hash as people write it -> height. */
  readonly exceptions: ReadonlyMap<string, number>
  /** While this block is an ancestor and the height is below `untilHeight`, no duplicate can occur. [Core BIP34Hash, BIP34_IMPLIES_BIP30_LIMIT] */
  readonly impossibleAfter?: { readonly height: number; readonly hash: string; readonly untilHeight: number }
}

/** What texts for people begin with: version bytes in base 58, and the part before the separator in Bech32. */
export interface AddressPrefixes {
  /** Addresses of hashed public keys. */
  readonly p2pkh: number
  /** Addresses of hashed scripts. [BIP13] */
  readonly p2sh: number
  /** Addresses of witness programs, in lower case. [BIP173] */
  readonly bech32: string
  /** Private keys. */
  readonly secretKey: number
}

/** A chain as the node knows it. Hashes in maps and fields are hex as people write them. */
export interface ChainParameters {
  readonly name: string
  readonly genesis: Block
  readonly magic: Uint8Array
  readonly port: number
  readonly rpcPort: number
  readonly proofOfWork: 'sha256d' | 'scrypt'
  readonly limits: ChainLimits
  readonly deployments: Readonly<Record<DeploymentName, Deployment>>
  /** A soft fork without a rule, which miners vote on for tests. [Core DEPLOYMENT_TESTDUMMY] */
  readonly testDummy?: Deployment
  /**
   * True: P2SH, WITNESS and TAPROOT scripts are judged from the first block on, unless the chain never has the soft fork;
   * deployments then govern the commitment, NULLDUMMY and signals. [Core GetBlockScriptFlags]
   */
  readonly scriptsFromGenesis: boolean
  /** The least version of a block once segwit is in force; 0 for none. [Litecoin Core ContextualCheckBlockHeader] */
  readonly minVersionWithSegwit: number
  /** Block hash -> names of script flags left out for that block. */
  readonly exceptions: ReadonlyMap<string, readonly string[]>
  readonly duplicates: DuplicatePolicy
  /** Headers of a chain with less work than this are not stored when they come from peers. */
  readonly minimumChainWork: bigint
  readonly addresses: AddressPrefixes
  /** Script that must authorise each block. [BIP325] */
  readonly signetChallenge?: Uint8Array
  /** From this height on the chain has rules that the node does not know. */
  readonly specifiedBelowHeight?: number
}
