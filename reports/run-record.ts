/**
 * A run as the reports read it: one record a line, in the order in which things happened, the shape that run files
 * have on disk (`touchstone-run/1`). Times are milliseconds of virtual time since the run's start.
 */
export type RunRecord =
  | {
      readonly type: 'run'
      readonly format: 'touchstone-run/1'
      readonly title: string
      readonly chain: string
      readonly nodes: readonly string[]
      readonly startTimeMs: number
      readonly genesis: string
      /** The classes of faults that the seed has drawn. */
      readonly faults?: readonly string[]
    }
  | { readonly type: 'step'; readonly at: number; readonly index: number; readonly text: string }
  | RunMessage
  | RunBlock
  | {
      readonly type: 'verdict'
      readonly at: number
      readonly node: string
      readonly subject: string
      readonly item: string
      readonly hash: string
      readonly verdict: RunVerdict
      readonly expected?: RunVerdict
    }
  | RunTip
  | RunPartition
  | {
      readonly type: 'node'
      readonly at: number
      readonly node: string
      readonly change: 'crash' | 'stop' | 'wipe' | 'restart' | 'pause' | 'resume' | 'clock' | 'disk'
      readonly detail: string
    }
  | {
      readonly type: 'expectation'
      readonly at: number
      readonly step: number
      readonly status: 'pass' | 'fail' | 'not-applicable'
      readonly text: string
      readonly expected?: string
      readonly actual?: string
    }
  | RunDivergence
  | {
      readonly type: 'end'
      readonly at: number
      readonly outcome: 'pass' | 'fail' | 'unknown' | 'vacuous'
      readonly events: number
      readonly eventHash: string
      readonly marks: readonly string[]
      readonly reason?: string
    }

export interface RunVerdict {
  readonly outcome: string
  readonly class?: string
  readonly reason?: string
}

export interface RunMessage {
  readonly type: 'message'
  readonly at: number
  /** Absent when it never arrives. */
  readonly arrivesAt?: number
  readonly from: string
  readonly to: string
  readonly command: string
  readonly bytes: number
  readonly fate: string
  readonly items?: readonly string[]
}

export interface RunBlock {
  readonly type: 'block'
  readonly at: number
  readonly name: string
  readonly hash: string
  readonly parent: string
  readonly height: number
  readonly transactions: number
}

export interface RunTip {
  readonly type: 'tip'
  readonly at: number
  readonly node: string
  readonly item: string
  readonly hash: string
  readonly height: number
  readonly disconnected: number
}

export interface RunPartition {
  readonly type: 'partition'
  readonly at: number
  readonly untilMs?: number
  readonly groups: readonly (readonly string[])[]
}

export interface RunDivergence {
  readonly type: 'divergence'
  readonly at: number
  readonly event: number
  readonly oracle: string
  readonly node?: string
  readonly item?: string
  readonly expected: string
  readonly actual: string
  readonly text: string
}

/** The records of one kind. */
export function recordsOf<Type extends RunRecord['type']>(
  records: readonly RunRecord[],
  type: Type,
): Extract<RunRecord, { type: Type }>[] {
  return records.filter((record): record is Extract<RunRecord, { type: Type }> => record.type === type)
}

/** A verdict in a few words: `rejected, mutated: bad-txnmrklroot`. */
export function verdictText(verdict: RunVerdict): string {
  const rejection = verdict.class === undefined ? verdict.outcome : `${verdict.outcome}, ${verdict.class}`
  return verdict.reason === undefined ? rejection : `${rejection}: ${verdict.reason}`
}
