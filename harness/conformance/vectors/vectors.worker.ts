import { createEngine, type EngineName } from '../../adapters/index.ts'
import type { ChainReference } from '../../ports/index.ts'
import type { VectorSet } from './format.ts'
import { runSlice, type Slice, type VectorSetResult } from './run.ts'
import { collectSets } from './sets.ts'

/** One slice of one set, on an engine of this thread's own. */
export interface VectorTask {
  readonly sources: readonly string[]
  readonly chain?: ChainReference
  readonly engine: EngineName
  readonly slice: Slice
  /** Unix time in milliseconds from which on cases are left out. */
  readonly untilMs?: number
}

/** The set of the task before: slices of one set follow each other. */
let last: { key: string; set: VectorSet } | undefined

export default function runTask({ sources, chain, engine, slice, untilMs }: VectorTask): VectorSetResult {
  const key = sources.join('\n')
  if (last?.key !== key) last = { key, set: collectSets(sources, chain === undefined ? {} : { chain })[0]! }
  return runSlice(last.set, createEngine(engine), slice, Date.now, { untilMs })
}
