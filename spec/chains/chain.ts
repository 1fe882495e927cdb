import type { Block, Hash, Height, Sats } from '../vocabulary/index.ts'

/** Numbers that a chain chooses and rules read. */
export interface Limits {
  /** The easiest target. */
  readonly powLimit: bigint
  readonly retargetIntervalBlocks: number
  readonly targetSpacingSeconds: number
  /** Every block has its parent's bits. [Core fPowNoRetargeting] */
  readonly noRetargeting: boolean
  /** A block more than twice the spacing after its parent may have the easiest target. [Core fPowAllowMinDifficultyBlocks] */
  readonly allowMinDifficulty: boolean
  /** Retarget from the first block's bits, and bound the time at the start of a period. [BIP94] */
  readonly enforceBip94: boolean
  /** Periods after the first are measured over as many intervals as they have blocks. [Litecoin] */
  readonly wholePeriodRetarget: boolean
  /** The least version of a header, read with its sign, once segwit is in force. [Litecoin] */
  readonly minVersionWithSegwit: number
  readonly initialSubsidySats: Sats
  readonly halvingIntervalBlocks: number
  readonly maxMoneySats: Sats
  readonly coinbaseMaturityBlocks: number
  readonly maxBlockWeight: number
  readonly maxBlockSigopsCost: number
  readonly maxFutureSeconds: number
  readonly medianTimeSpanBlocks: number
}

/** When a soft fork is in force. */
export type Deployment =
  /** From block 1 on. */
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  /** Buried: from this height on, whatever the blocks signal. */
  | { readonly kind: 'height'; readonly height: number }
  /** Flag day: when the median time past of the parent has reached this. */
  | { readonly kind: 'time'; readonly medianTime: number }
  | Bip9
  | Bip8
  | Expiring
  | Heretical

/** Signalled by miners between two times. [BIP9, with the delay of BIP341's activation] */
export interface Bip9 {
  readonly kind: 'bip9'
  readonly bit: number
  readonly startTime: number
  readonly timeout: number
  readonly minActivationHeight: number
  readonly threshold: number
  readonly window: number
}

/** Signalled by miners between two heights, and if asked for, locked in at the end in any case. [BIP8] */
export interface Bip8 {
  readonly kind: 'bip8'
  readonly bit: number
  readonly startHeight: number
  readonly timeoutHeight: number
  readonly lockInOnTimeout: boolean
  readonly threshold: number
  readonly window: number
}

/** Signalled by miners from a time on, locked in at the latest one period before a height, and out of force again some blocks after it came into force. [BIP110 §Deployment] */
export interface Expiring {
  readonly kind: 'expiring'
  readonly bit: number
  readonly startTime: number
  readonly threshold: number
  readonly window: number
  /** The height at which it is in force at the latest, a multiple of `window`. */
  readonly maxActivationHeight: number
  /** Blocks for which it is in force, a multiple of `window`. */
  readonly activeBlocks: number
}

/** Signalled by the whole version of one block, for chains whose blocks are signed; and taken back the same way. [Bitcoin Inquisition, Heretical Deployments] */
export interface Heretical {
  readonly kind: 'heretical'
  /** The version of a block that locks it in, and of one that abandons it. */
  readonly activateVersion: number
  readonly abandonVersion: number
  readonly startTime: number
  readonly timeout: number
  readonly window: number
}

/** Soft forks that a chain file schedules. */
export const DEPLOYMENT_NAMES = ['bip16', 'bip34', 'bip65', 'bip66', 'csv', 'segwit', 'taproot'] as const
export type DeploymentName = (typeof DEPLOYMENT_NAMES)[number]

/** A chain as data. Two chains differ in nothing else that is specified here. */
export interface Chain {
  readonly name: string
  readonly genesis: Block
  /** Whose result MUST NOT exceed the target; the block's name is sha256d on every chain. */
  readonly proofOfWork: 'sha256d' | 'scrypt'
  readonly limits: Limits
  readonly deployments: Readonly<Record<DeploymentName, Deployment>>
  /**
   * Every block's scripts are judged under P2SH, WITNESS and TAPROOT, as far as the chain deploys what brought them;
   * deployments govern the other rules. Otherwise each begins with its deployment. [Core GetBlockScriptFlags]
   */
  readonly scriptsFromGenesis: boolean
  /** Features left out when the scripts of this very block are judged. */
  readonly exceptions: ReadonlyMap<Hash, readonly string[]>
  /** Blocks whose coinbase may overwrite unspent coins. [BIP30] */
  readonly bip30Exceptions: readonly { readonly height: Height; readonly hash: Hash }[]
  /** The script that must authorise each block. [BIP325] */
  readonly signetChallenge?: Uint8Array
  /** From this height on the chain has rules that are not specified here. */
  readonly specifiedBelowHeight?: Height
}
