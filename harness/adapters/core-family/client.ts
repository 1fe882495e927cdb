import type { Capability, ChainFile } from '../../ports/index.ts'
import type { ReasonMap } from './reasons.ts'

/** What has to be known of a daemon that others wrote, to start it and to understand it. */
export interface DaemonClient {
  readonly name: string
  /** The chain on which it is asked; its soft forks may be moved. */
  readonly chain: string
  /** Soft forks that its options can begin at another height, or never. */
  readonly movableForks: readonly (keyof ChainFile['deployments'])[]
  /** Of those, forks that it cannot leave out: their scripts are verified from genesis on. */
  readonly inevitableForks?: readonly (keyof ChainFile['deployments'])[]
  /** Whether BIP94 can be switched on. */
  readonly bip94IsOption: boolean
  /** What generated stories cannot come to on its chain (`RULE …` or a kind of event), and why. */
  readonly outOfReach: Readonly<Record<string, string>>
  readonly capabilities: ReadonlySet<Capability>
  /** Below the data folder: the file with the credentials for JSON-RPC while it runs. */
  readonly cookie: string
  readonly reasons: ReasonMap
  /** Its `submitblock` looks a block's hash up before it looks at the block. */
  readonly looksUpFirst: boolean
  /** What `dumptxoutset` is told beside the file. */
  readonly coinDump: readonly string[]
  /** The options that make it a node of this chain, or why it cannot be one; `own` is `chain`. */
  optionsFor(chain: ChainFile, own: ChainFile): DaemonOptions
}

/** `{datadir}`, `{rpcPort}` and `{p2pPort}` in an argument are filled in when the daemon starts. */
export type DaemonOptions =
  | { readonly can: true; readonly args: readonly string[] }
  | { readonly can: false; readonly why: string }
