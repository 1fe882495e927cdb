import type { Chain, Deployment, DeploymentName, Limits } from '../chains/index.ts'
import type { Checklist, Rule } from '../language/index.ts'
import type { BlockInContext, BlockSpend, HeaderInContext } from '../rules/index.ts'
import type { Feature, ScriptExtension } from '../script/index.ts'
import type { Branch, Hash } from '../vocabulary/index.ts'
import type { Examples } from './example.ts'

/** A soft fork as a value: the first rules and an ordered list of these are Bitcoin. A draft has the same shape. */
export interface Upgrade {
  readonly id: string
  /** One sentence. */
  readonly text: string
  readonly sources: readonly string[]
  /** When it is in force; a name stands for what the chain schedules. */
  readonly deployment: DeploymentName | Deployment
  /** Rules of the table of contents that it brought. */
  readonly rules?: readonly AnyRule[]
  /** Rules that stand outside of the table of contents: a draft's. They are asked last in their stage. */
  readonly adds?: AddedRules
  /** The features that it switches on in the script machine. */
  readonly features?: readonly Feature[]
  /** Of these, what chains whose scripts are judged from genesis on apply to every block. */
  readonly fromGenesis?: readonly Feature[]
  /** What the script machine learns. */
  readonly extension?: ScriptExtension
  /** What it leaves alone and what it forbids. */
  readonly examples?: Examples
  /** Rules that it puts out of force. */
  readonly supersedes?: readonly string[]
  /** Limits that it changes: a lower one forbids, a higher one allows what was forbidden. */
  readonly limits?: Partial<Limits>
  /** The proof of work, where it changes that: always a hard fork. */
  readonly proofOfWork?: Chain['proofOfWork']
  /** Bytes of a header, where it changes their format: always a hard fork. */
  readonly headerBytes?: number
  /** In hex: a header of that format, as the first one may look. */
  readonly firstHeader?: string
  /** Places that it claims for itself, besides those of `extension`: version bits, witness versions. */
  readonly slots?: readonly string[]
  /** Examples of places that it claims and of places that it leaves to others: the ends of its list. */
  readonly slotExamples?: { readonly claims: readonly string[]; readonly leaves: readonly string[] }
  /** Inputs that spend coins from before it came into force are judged without its features. */
  readonly sparesOlderCoins?: boolean
  /** Blocks that it leaves alone. */
  readonly isExempt?: (at: Position) => boolean
}

/** Rules by the stage at which they are asked. */
export interface AddedRules {
  readonly header?: Checklist<HeaderInContext, Limits>
  readonly block?: Checklist<BlockInContext, Limits>
  readonly spending?: Checklist<BlockSpend, Limits>
}

// biome-ignore lint/suspicious/noExplicitAny: named, never asked through this type
type AnyRule = Rule<any, Limits>

/** A place on a chain: on top of `parent`; `hash` names the block itself where that is known. */
export interface Position {
  readonly chain: Chain
  readonly parent: Branch
  readonly hash?: Hash | undefined
}
