import type { ChainSession } from './engine.ts'
import type { ScriptErrorName, SpentOutput } from './library.ts'
import type { ChainReference } from './references.ts'

/** A transaction that is judged while a draft is in force, or as if it never were. */
export interface DraftSpend {
  readonly transaction: Uint8Array
  /** One per input, in order; absent: nothing is said of what is spent. */
  readonly spentOutputs?: readonly SpentOutput[]
  readonly isInForce: boolean
  /** Whether the coins are older than the draft, which may spare them. */
  readonly areCoinsOlder?: boolean
}

/** One script on an empty stack, as legacy scripts run, inside a transaction that may be anything. */
export interface DraftScript {
  readonly script: Uint8Array
  readonly transaction: Uint8Array
  /** May be beyond the last input: a script that asks for the number is given this one. */
  readonly inputIndex: number
}

/** The rules of a consensus proposal beside those that are deployed. */
export interface DraftJudge {
  /** The draft is in force from the first block on. */
  openChain(chain: ChainReference): ChainSession
  /** `ok`, or the reject string of the first rule broken, or `script: NAME`. */
  judgeSpend(spend: DraftSpend): string
  runScript(script: DraftScript): ScriptErrorName
}
