import type { Module } from '../../spec/index.ts'
import { type Exploration, type ExploreOptions, explore } from './explore/explore.ts'

/** What one value of a constant comes to. */
export interface SweepRow extends Pick<Exploration<unknown>, 'outcome' | 'distinct' | 'generated' | 'depth'> {
  readonly value: unknown
  readonly seconds: number
  /** Distinct states by those of the value before. */
  readonly growth?: number
  readonly violation?: string
}

/**
 * Explores a model with one value of a constant after the other, and says how the number of states grows. It ends where
 * something is violated or the memory is full.
 */
export function* sweep<State extends object>(
  models: readonly (readonly [value: unknown, model: Module<State>])[],
  options: ExploreOptions,
): Generator<SweepRow, void> {
  let before: number | undefined
  for (const [value, model] of models) {
    const start = performance.now()
    const { outcome, distinct, generated, depth, violation } = explore(model, options)
    const seconds = (performance.now() - start) / 1000
    yield {
      value,
      outcome,
      distinct,
      generated,
      depth,
      seconds,
      ...(before !== undefined && { growth: distinct / before }),
      ...(violation !== undefined && { violation: violation.name }),
    }
    if (outcome !== 'complete') return
    before = distinct
  }
}
