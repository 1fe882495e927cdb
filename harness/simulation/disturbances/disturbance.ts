import type { Step } from '../../scenario/index.ts'
import type { ActKind } from '../act.ts'
import type { MessageDisturbance } from './message.ts'

/** What may go wrong by itself with network, machine, disk or clock. Each seed draws which ones are on. */
export interface Disturbance<Name extends string = string> {
  /** Also its mark, and what `--without` calls it. */
  readonly name: Name
  /** Drawn by every profile: it costs no node and no message. */
  readonly isQuiet?: boolean
  /** An act of the plan brings it about … */
  readonly act?: ActKind<Stage, Name>
  /** … or it meets single messages. */
  readonly message?: MessageDisturbance
}

/** A machine, as disturbances see it. */
export interface StageHost {
  readonly name: string
  readonly running: boolean
}

/** A running world that can be disturbed; all that is done becomes steps of its scenario. */
export interface Stage {
  readonly hosts: readonly StageHost[]
  /** The node of this number, counted round. */
  host(index: number): StageHost
  /** Carries steps out now. Several in a row: each when nothing is left to do for the one before. */
  perform(...steps: readonly Step[]): void
  /** Goes on after this many ms. */
  later(ms: number, act: () => void): void
  /** The disturbance has come to something: counted as coverage. */
  mark(name: string): void
  /** Hands a node a branch from `depth` below its tip that has more work. */
  reorganise(host: StageHost, depth: number): void
}

/** Declares a disturbance: keeps its name as a type. */
export const disturbance = <const Name extends string>(definition: Disturbance<Name>): Disturbance<Name> =>
  definition
