import type { Column } from './column.ts'
import type { Layout } from './layout.ts'
import type { StateSet } from './state-set.ts'
import type { Canonical } from './symmetry.ts'

/** The states that were seen, in the order in which they were. */
export interface Space<State> {
  readonly layout: Layout<State>
  readonly states: StateSet
  /** For each state the one from which it was first reached; NO_PARENT for initial states, which are the first. */
  readonly parents: Column
  readonly steps?: StepTable
  /** When processes are interchangeable and one state stands for all that differ only in their names. */
  readonly canonical?: Canonical
}

/** Every step: those from state `n` lie from `starts.at(n)` to `starts.at(n + 1)`. */
export interface StepTable {
  readonly starts: Column
  /** The state after; OUTSIDE when it is outside the constraint. */
  readonly targets: Column
  /** Which action with which choice: numbered over all actions. */
  readonly labels: Column
}

export const NO_PARENT = 0xffffffff
export const OUTSIDE = 0xffffffff
