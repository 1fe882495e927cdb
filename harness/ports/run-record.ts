import type { Subject } from './node.ts'
import type { HashHex } from './references.ts'
import type { Verdict } from './verdict.ts'

/**
 * A run as plain data, one JSON object a line, in the order in which things happened.
 * Times (`at`, `arrivesAt`, `untilMs`) are milliseconds of virtual time since the run's start.
 */
export type RunRecord =
  | RunStart
  | RunStep
  | RunMessage
  | RunBlock
  | RunVerdict
  | RunTip
  | RunPartition
  | RunNodeChange
  | RunExpectation
  | RunDivergence
  | RunEnd

/** Always the first line. */
export interface RunStart {
  readonly type: 'run'
  readonly format: 'touchstone-run/1'
  readonly title: string
  readonly chain: string
  readonly nodes: readonly string[]
  /** Unix time of virtual time 0, in milliseconds. */
  readonly startTimeMs: number
  readonly genesis: HashHex
  /** The classes of faults that the seed has drawn; absent where nothing was drawn. */
  readonly faults?: readonly string[]
}

/** A step of the scenario is carried out. `text` says it in one line. */
export interface RunStep {
  readonly type: 'step'
  readonly at: number
  readonly index: number
  readonly text: string
}

export type MessageFate =
  | 'delivered'
  | 'duplicated'
  | 'delayed'
  | 'corrupted'
  | 'dropped'
  | 'blocked'
  | 'held'

/** A message leaves `from`; `arrivesAt` is absent when it never arrives. `items` are names, or hashes of nameless things. */
export interface RunMessage {
  readonly type: 'message'
  readonly at: number
  readonly arrivesAt?: number
  readonly from: string
  readonly to: string
  /** The message type on the wire, for example `headers`. */
  readonly command: string
  readonly bytes: number
  readonly fate: MessageFate
  readonly items?: readonly string[]
}

/** A block exists from now on. */
export interface RunBlock {
  readonly type: 'block'
  readonly at: number
  readonly name: string
  readonly hash: HashHex
  readonly parent: HashHex
  readonly height: number
  readonly transactions: number
}

/** A node's judgement; `expected` is there only when the specification says otherwise. */
export interface RunVerdict {
  readonly type: 'verdict'
  readonly at: number
  readonly node: string
  readonly subject: Subject
  readonly item: string
  readonly hash: HashHex
  readonly verdict: Verdict
  readonly expected?: Verdict
}

export interface RunTip {
  readonly type: 'tip'
  readonly at: number
  readonly node: string
  readonly item: string
  readonly hash: HashHex
  readonly height: number
  /** Blocks taken back, 0 when the chain only grew. */
  readonly disconnected: number
}

/** From `at` to `untilMs` nothing passed between the groups; written when it ends. */
export interface RunPartition {
  readonly type: 'partition'
  readonly at: number
  readonly untilMs: number
  readonly groups: readonly (readonly string[])[]
}

export interface RunNodeChange {
  readonly type: 'node'
  readonly at: number
  readonly node: string
  readonly change: 'crash' | 'stop' | 'wipe' | 'restart' | 'pause' | 'resume' | 'clock' | 'disk'
  readonly detail: string
}

/** One expectation of the scenario, met or not. */
export interface RunExpectation {
  readonly type: 'expectation'
  readonly at: number
  readonly step: number
  readonly status: 'pass' | 'fail' | 'not-applicable'
  readonly text: string
  readonly expected?: string
  readonly actual?: string
}

/** The first moment at which somebody was wrong. */
export interface RunDivergence {
  readonly type: 'divergence'
  readonly at: number
  readonly event: number
  /** Which watcher saw it: `verdict`, `tip`, `digest`, `supply`, `liveness`, … */
  readonly oracle: string
  readonly node?: string
  readonly item?: string
  readonly expected: string
  readonly actual: string
  readonly text: string
}

export type RunOutcome = 'pass' | 'fail' | 'unknown' | 'vacuous'

/** Always the last line. */
export interface RunEnd {
  readonly type: 'end'
  readonly at: number
  readonly outcome: RunOutcome
  readonly events: number
  /** The rolling hash of all events, 16 hex digits: two runs of the same scenario print the same one. */
  readonly eventHash: string
  readonly marks: readonly string[]
  readonly reason?: string
}
