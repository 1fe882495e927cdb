import type { Capability, ChainFile } from '../../ports/index.ts'
import type { StoryLimits } from '../target-kind.ts'
import type { ReasonMap } from './reasons.ts'

/** What has to be known of a daemon that others wrote, to start it and to understand it. */
export interface DaemonClient extends Omit<StoryLimits, 'chain' | 'prelude' | 'refusalOf'> {
  /** The chain on which it is asked. */
  readonly chain: string
  readonly name: string
  readonly capabilities: ReadonlySet<Capability>
  /** Below the data folder: the file with the credentials for JSON-RPC while it runs. */
  readonly cookie: string
  readonly reasons: ReasonMap
  /** Its `submitblock` looks a block's hash up before it looks at the block. */
  readonly looksUpFirst: boolean
  /** Arguments of `dumptxoutset` after the file. */
  readonly coinDump: readonly string[]
  /** The options that make it a node of this chain, or why it cannot be one; `own` is `chain`. */
  optionsFor(chain: ChainFile, own: ChainFile): DaemonOptions
}

/** `{datadir}`, `{rpcPort}` and `{p2pPort}` in an argument are filled in when the daemon starts. */
export type DaemonOptions =
  | { readonly can: true; readonly args: readonly string[] }
  | { readonly can: false; readonly why: string }
