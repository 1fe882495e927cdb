import type { ChainOffers } from './chain-offers.ts'
import type { Facets } from './facets.ts'
import type { ScriptErrorName, SpentOutput } from './library.ts'
import type { ChainReference, HashHex } from './references.ts'
import type { Verdict } from './verdict.ts'

/** Things that not every target can do. A scenario or vector that needs one it lacks is not applicable, never passed. */
export const CAPABILITIES = [
  'setTime', // the clock may be set to any second
  'mempool', // unconfirmed transactions are judged
  'coinDigest', // the digest of all unspent coins can be asked for
  'balance', // the sum of unspent coins of a script can be asked for
  'invalidate', // blocks can be declared invalid and reconsidered by hand
  'reasons', // rejections carry Core's reject strings
  'classes', // rejections carry a class
  'firstFault', // of several faults of a block the first is reported, scripts asked last
  'blocks', // whole blocks are judged; without it only headers
  'scripts', // scripts are verified
  'restart', // the target can be stopped and started on the same data
  'diskFaults', // writes can be lost, torn or cut short
  'manyNodes', // several nodes on a simulated network
  'customChains', // chains founded from a chain file
  'bip8', // chains whose soft forks lock in by height
] as const
export type Capability = (typeof CAPABILITIES)[number]

export interface Tip {
  readonly hash: HashHex
  readonly height: number
  /** Total expected hashes from genesis on: the sum of floor(2^256 / (target + 1)). */
  readonly chainWork: bigint
}

/** One chain, opened at its genesis, fed item by item. `now` is Unix time in seconds. */
export interface ChainSession {
  deliverHeader(header: Uint8Array, now: number): Verdict
  deliverBlock(block: Uint8Array, now: number): Verdict
  /** Judges a unconfirmed transaction against the tip and the mempool, and keeps it there when accepted. */
  deliverTransaction(transaction: Uint8Array, now: number): Verdict
  tip(): Tip
  /** See `coin-digest.md` beside this file. 64 hex digits, big-endian. */
  coinDigest(): string
  /** Sats in unspent outputs whose script is exactly this. */
  balanceOf(script: Uint8Array): bigint
  mempool(): readonly HashHex[]
  /** Whether nothing is said about this unconfirmed transaction; where it can say so, all others are compared. */
  abstainsFrom?(txid: HashHex): boolean
  medianTimePast(): number
  /** Total number of unspent coins. */
  coinCount(): number
  invalidate(block: HashHex): void
  reconsider(block: HashHex): void
  /** Core's reject string of every rule that a block breaks where this session stands; only the specification says so. */
  faultsOf?(block: Uint8Array, now: number): readonly string[]
  /**
   * Where a block with this header stands, without one the next on the tip; undefined without its parent. Only the
   * specification says so.
   */
  placeOf?(header?: Uint8Array): BlockPlace | undefined
}

/** A block's place in the tree, and what its scripts are judged under there. */
export interface BlockPlace {
  readonly parent: HashHex
  readonly height: number
  /** Core's flag names without prefix. */
  readonly features: readonly string[]
}

/** Anything that can say what is valid: the specification, our node, a stranger's node behind an adapter. */
export interface Engine extends Facets {
  readonly name: string
  readonly capabilities: ReadonlySet<Capability>
  openChain(chain: ChainReference): ChainSession
  /** On which chains it can be opened; absent: on any, or on its own. */
  readonly offers?: ChainOffers
  /** The rules of a consensus proposal by its id, `bip54`; undefined for one that it does not know. Absent: it knows none. */
  draft?(id: string): DraftJudge | undefined
}

/** A transaction that is judged while a draft is in force, or as if it never were. */
interface DraftSpend {
  readonly transaction: Uint8Array
  /** One per input, in order; absent: nothing is said of what is spent. */
  readonly spentOutputs?: readonly SpentOutput[]
  readonly isInForce: boolean
  /** Whether the coins are older than the draft, which may spare them. */
  readonly areCoinsOlder?: boolean
}

/** One script on an empty stack, as legacy scripts run, inside a transaction that may be anything. */
interface DraftScript {
  readonly script: Uint8Array
  readonly transaction: Uint8Array
  /** May be beyond the last input: a script that asks for the number is given this one. */
  readonly inputIndex: number
}

/** When a draft is in force: from a height on, or for some blocks after it was locked in by signalling. */
export type DraftDeployment =
  | { readonly kind: 'height'; readonly height: number }
  | {
      readonly kind: 'expiring'
      readonly bit: number
      /** Unix seconds. */
      readonly startTime: number
      readonly threshold: number
      readonly window: number
      readonly maxActivationHeight: number
      readonly activeBlocks: number
    }

/** The rules of a consensus proposal beside those that are deployed. */
export interface DraftJudge {
  /** The draft comes into force as `deployment` says: from the first block on where it says nothing. */
  openChain(chain: ChainReference, deployment?: DraftDeployment): ChainSession
  /** `ok`, or the reject string of the first rule broken, or `script: NAME`. */
  judgeSpend(spend: DraftSpend): string
  runScript(script: DraftScript): ScriptErrorName
}
