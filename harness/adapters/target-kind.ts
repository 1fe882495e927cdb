import type { ChainFile, Prelude } from '../ports/index.ts'
import type { ForeignEngine } from './foreign-engine.ts'

/** A kind of target: what `--node NAME` or `--node NAME:ARGUMENT` opens. */
export interface TargetKind {
  readonly name: string
  /** What stands behind the colon, as the help names it; absent: nothing does. */
  readonly argument?: string
  /** @throws TargetError when it cannot be opened */
  open(argument: string, options: OpenOptions): ForeignEngine
  /** How stories have to be played to it; absent: as they are written. */
  readonly stories?: StoryLimits
}

export interface OpenOptions {
  /** By which ways a daemon is given blocks, where it is asked both and they must agree. Default: both. */
  readonly doors?: 'rpc' | 'both' | undefined
  /** So long it has for each answer; default: a minute or two, by kind. */
  readonly timeoutMs?: number | undefined
}

type Deployment = keyof ChainFile['deployments']

/** What a target that knows one chain can make of it. */
export interface StoryLimits {
  /** The chain on which it is asked, built-in or its own; its soft forks may be moved. */
  readonly chain: string | ChainFile
  /** Blocks below each story; absent: none. */
  readonly prelude?: Prelude
  /** It forgets nothing: each story has to begin at another time. */
  readonly isShared?: boolean
  /** Soft forks that its options can begin at another height, or never. */
  readonly movableForks: readonly Deployment[]
  /** Of those, forks that it cannot leave out: their scripts are verified from genesis on. */
  readonly inevitableForks?: readonly Deployment[]
  /** Whether BIP94 can be switched on. */
  readonly bip94IsOption: boolean
  /** What generated stories cannot come to on its chain (`RULE …` or a kind of event), and why. */
  readonly outOfReach: Readonly<Record<string, string>>
  /** Why it cannot be a node of this chain; undefined when it can. */
  refusalOf(chain: ChainFile): string | undefined
}
