import { Abstention } from '../../adapters/index.ts'
import type { Engine } from '../../ports/index.ts'
import type { VectorVerdict } from './format.ts'
import { nameOfSet, type VectorSet } from './sets.ts'

export interface VectorFailure {
  readonly id: string
  readonly message: string
}

/** What an engine made of one set, or of one slice of it. */
export interface VectorSetResult {
  readonly name: string
  readonly format: string
  readonly files: readonly string[]
  readonly passed: number
  readonly failures: readonly VectorFailure[]
  /** Cases that ask for something the engine does not know, a draft's script flag for example. */
  readonly skipped: number
  /** Set when the engine has no business with the files: nothing was run. */
  readonly notApplicable?: string
  readonly seconds: number
}

/** A part of a set's cases: those whose position leaves `part` when divided by `parts`. */
export interface Slice {
  readonly part: number
  readonly parts: number
}

export const WHOLE: Slice = { part: 0, parts: 1 }

/** Runs a slice of a set. An exception of the engine is a failure of that case. */
export function runSet(
  set: VectorSet,
  engine: Engine,
  { part, parts }: Slice,
  clockMs: () => number,
  onProgress: (done: number) => void = () => {},
): VectorSetResult {
  const about = { name: nameOfSet(set), format: set.format, files: set.files }
  const abstention = set.abstention(engine)
  if (abstention !== undefined)
    return { ...about, passed: 0, failures: [], skipped: 0, notApplicable: abstention, seconds: 0 }
  const start = clockMs()
  const failures: VectorFailure[] = []
  let passed = 0
  let skipped = 0
  let position = 0
  for (const one of set.cases()) {
    if (position++ % parts !== part) continue
    const verdict = guarded(() => one.run(engine))
    if (verdict === 'pass') passed++
    else if (verdict === 'skip') skipped++
    else failures.push({ id: one.id, message: verdict.fail })
    if ((passed + failures.length) % 16 === 0) onProgress(passed + skipped + failures.length)
  }
  return { ...about, passed, failures, skipped, seconds: (clockMs() - start) / 1000 }
}

/** Slices of one set put together again. */
export function mergeResults(slices: readonly VectorSetResult[]): VectorSetResult {
  return {
    ...slices[0]!,
    passed: slices.reduce((sum, slice) => sum + slice.passed, 0),
    failures: slices.flatMap((slice) => slice.failures),
    skipped: slices.reduce((sum, slice) => sum + slice.skipped, 0),
    seconds: slices.reduce((sum, slice) => sum + slice.seconds, 0),
  }
}

function guarded(run: () => VectorVerdict): VectorVerdict | 'skip' {
  try {
    return run()
  } catch (error) {
    if (error instanceof Abstention) return 'skip'
    return { fail: `threw ${error instanceof Error ? error.message : String(error)}` }
  }
}
