import type { Module } from '../../../spec/index.ts'

/** A public model, and what is published of it. [github.com/tlaplus/Examples, manifests at commit 32a32c7] */
export interface Classic {
  // biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
  readonly model: Module<any>
  readonly runs: readonly PublishedRun[]
}

/** What TLC finds with the constants of a preset; without one, with those of the model itself. */
export type PublishedRun = PublishedCounts | PublishedViolation

/** The counts of a model that keeps its invariants. */
export interface PublishedCounts {
  readonly preset?: string
  readonly distinct: number
  /** Absent where the published number is not comparable; the model's own file says why. */
  readonly generated?: number
  readonly depth: number
  /** Whether one state stands for all that differ only in the names of processes. */
  readonly symmetry?: boolean
  /** Properties of whole behaviours that do not hold; all others do. */
  readonly fails?: readonly string[]
}

/** The invariant that does not hold, and how many states the shortest way to where it is violated has. */
export interface PublishedViolation {
  readonly preset?: string
  readonly violates: string
  readonly states: number
}
