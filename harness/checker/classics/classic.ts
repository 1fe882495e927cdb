import type { Module } from '../../../spec/index.ts'

/** A public model, and what is published of it. [github.com/tlaplus/Examples, manifests at commit 32a32c7] */
export interface Classic {
  // biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
  readonly model: Module<any>
  readonly runs: readonly PublishedRun[]
}

/** What TLC counts with the constants of a preset; without one, with those of the model itself. */
export interface PublishedRun {
  readonly preset?: string
  readonly distinct: number
  /** Absent where the published number is not comparable; the model's own file says why. */
  readonly generated?: number
  readonly depth: number
}
