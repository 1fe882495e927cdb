import { Abstention } from '../../adapters/index.ts'
import type { Engine } from '../../ports/index.ts'
import type { VectorSet, VectorVerdict } from './format.ts'
import { nameOfSet } from './sets.ts'

export interface VectorFailure {
  readonly id: string
  readonly message: string
}

/** What an engine made of one set, or of one slice of it. */
export interface VectorSetResult {
  readonly name: string
  readonly format: string
  readonly files: readonly string[]
  /** Rows of the files, comments among them; zero in a slice. */
  readonly rows: number
  readonly comments: number
  readonly passed: number
  readonly failures: readonly VectorFailure[]
  /** Cases that were not asked: they want something that the engine or every current version does not know. */
  readonly skipped: number
  /** Why, and how often. */
  readonly skips: Readonly<Record<string, number>>
  /** Set when the engine has no business with the files: nothing was run. */
  readonly notApplicable?: string
  /** Remarks on the files, such as zeros at the end. */
  readonly notes: readonly string[]
  readonly seconds: number
}

/** A part of a set's cases: those whose position leaves `part` when divided by `parts`. */
export interface Slice {
  readonly part: number
  readonly parts: number
}

export const WHOLE: Slice = { part: 0, parts: 1 }

/** Nothing but passes is a pass, and a file whose every case was skipped is none. */
export function statusOf({
  notApplicable,
  failures,
  passed,
}: VectorSetResult): 'not applicable' | 'fail' | 'skipped' | 'pass' {
  if (notApplicable !== undefined) return 'not applicable'
  if (failures.length > 0) return 'fail'
  return passed === 0 ? 'skipped' : 'pass'
}

/** Why a case was not asked for whose turn came too late. */
export const LEFT_OUT = 'left out: the time for this part is over (--budget)'

/** When cases are skipped instead of asked, by the same clock. */
export interface SliceOptions {
  readonly untilMs?: number | undefined
  readonly onProgress?: (done: number) => void
}

/** Runs a slice of a set. An exception of the engine is a failure of that case. */
export function runSlice(
  set: VectorSet,
  engine: Engine,
  { part, parts }: Slice,
  clockMs: () => number,
  { untilMs = Number.POSITIVE_INFINITY, onProgress = () => {} }: SliceOptions = {},
): VectorSetResult {
  const nothing = {
    name: nameOfSet(set),
    format: set.format,
    files: set.files,
    rows: 0,
    comments: 0,
    notes: set.notes,
    passed: 0,
    failures: [],
    skipped: 0,
    skips: {},
    seconds: 0,
  }
  const abstention = set.abstention(engine)
  if (abstention !== undefined) return { ...nothing, notApplicable: abstention }
  const start = clockMs()
  const failures: VectorFailure[] = []
  const skips: Record<string, number> = {}
  let passed = 0
  let skipped = 0
  for (const [position, { id, run }] of set.table().cases.entries()) {
    if (position % parts !== part) continue
    const verdict = clockMs() < untilMs ? guarded(() => run(engine)) : { skip: LEFT_OUT }
    if (verdict === 'pass') passed++
    else if ('fail' in verdict) failures.push({ id, message: verdict.fail })
    else {
      skipped++
      skips[verdict.skip] = (skips[verdict.skip] ?? 0) + 1
    }
    const done = passed + skipped + failures.length
    if (done % 16 === 0) onProgress(done)
  }
  return { ...nothing, passed, failures, skipped, skips, seconds: (clockMs() - start) / 1000 }
}

/** Slices of one set put together again; every row of the files is a comment, passed, failed or skipped. */
export function mergeSlices(set: VectorSet, slices: readonly VectorSetResult[]): VectorSetResult {
  const [first] = slices
  if (first!.notApplicable !== undefined) return first!
  const { rows, comments } = set.table()
  const sum = (count: (slice: VectorSetResult) => number) =>
    slices.reduce((total, slice) => total + count(slice), 0)
  const skips: Record<string, number> = {}
  for (const slice of slices)
    for (const [why, count] of Object.entries(slice.skips)) skips[why] = (skips[why] ?? 0) + count
  const merged = {
    ...first!,
    rows,
    comments,
    passed: sum(({ passed }) => passed),
    failures: slices.flatMap(({ failures }) => failures),
    skipped: sum(({ skipped }) => skipped),
    skips,
    seconds: sum(({ seconds }) => seconds),
  }
  const judged = merged.passed + merged.failures.length + merged.skipped
  if (judged + comments !== rows)
    throw new Error(`${merged.name}: ${rows} rows, ${comments} of them comments, but ${judged} judged`)
  return merged
}

function guarded(run: () => VectorVerdict): VectorVerdict {
  try {
    return run()
  } catch (error) {
    if (error instanceof Abstention) return { skip: error.message }
    return { fail: `threw ${error instanceof Error ? error.message : String(error)}` }
  }
}
