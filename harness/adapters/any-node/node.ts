import type { Capability, ChainFile } from '../../ports/index.ts'
import type { Meaning } from '../core-family/reasons.ts'
import type { DaemonCommand } from '../process/process.ts'

/** What has to be known of a node that has no more than `submitblock`, `getblockchaininfo` and P2P, and no mock clock. */
export interface PlainNode {
  readonly name: string
  /** The chain that its own regression-test network is. */
  readonly chain: ChainFile
  readonly capabilities: ReadonlySet<Capability>
  /** How it is started, and the credentials (`user:password`) that it then asks for. */
  command(path: string): { readonly command: DaemonCommand; readonly credentials: string }
  /** Whether it takes blocks from peers that it has not asked for; without that it is given them by `submitblock` alone. */
  readonly takesUnasked: boolean
  /** Its words for refusals of blocks; the first pattern that fits. */
  readonly words: readonly Word[]
}

/** `means` is not a verdict where the words say that it keeps or has the block, or that the block's ancestor is invalid. */
export interface Word {
  readonly pattern: RegExp
  readonly means: Meaning | 'kept' | 'duplicate' | 'invalid-ancestor'
}

/** A refusal that is for ever. */
export const invalid = (pattern: RegExp, reason: string): Word => ({
  pattern,
  means: { reason, class: 'invalid' },
})

/** A refusal of these bytes, not of what their hash names. */
export const mutated = (pattern: RegExp, reason: string): Word => ({
  pattern,
  means: { reason, class: 'mutated' },
})
