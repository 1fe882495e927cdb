import { createEngine, type EngineName } from '../../adapters/index.ts'
import { runSlice, type Slice, type VectorSetResult } from './run.ts'
import { collectSets, type VectorSet } from './sets.ts'

/** One slice of one set, on an engine of this thread's own. */
export interface VectorTask {
  readonly files: readonly string[]
  readonly engine: EngineName
  readonly slice: Slice
}

/** The set of the task before: slices of one set follow each other. */
let last: { key: string; set: VectorSet } | undefined

export default function runTask({ files, engine, slice }: VectorTask): VectorSetResult {
  const key = files.join('\n')
  if (last?.key !== key) last = { key, set: collectSets(files)[0]! }
  return runSlice(last.set, createEngine(engine), slice, () => performance.now())
}
