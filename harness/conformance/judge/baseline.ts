import { z } from 'zod'
import type { CaseResult } from '../../../reports/index.ts'
import { FileError, parseJson, readText } from '../../files/index.ts'

const failureSchema = z.strictObject({
  id: z.string().min(1).describe('The case, as reports name it.'),
  why: z.string().min(1).describe('Why it is known to fail: a link, best.'),
  until: z.iso
    .date('expected YYYY-MM-DD, a day of the calendar')
    .optional()
    .describe('From this day on it fails again.'),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits')
    .optional()
    .describe('The failure that is known; another failure of the case is a new one.'),
})

const baselineSchema = z.strictObject({
  format: z.literal('touchstone-baseline/1'),
  failures: z.array(failureSchema).describe('Cases that are known to fail.'),
})

type KnownFailure = z.infer<typeof failureSchema>

/** Known failures of a target, so that only new ones turn a CI red. */
export type Baseline = z.infer<typeof baselineSchema>

export const NO_BASELINE: Baseline = { format: 'touchstone-baseline/1', failures: [] }

/** @throws FileError with one line: the file, the place in it, what was expected */
export function readBaseline(path: string): Baseline {
  const parsed = baselineSchema.safeParse(parseJson(path, readText(path)))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new FileError(`${path}: ${issue?.path.join('.') || 'file'}: ${issue?.message}`)
  }
  const ids = parsed.data.failures.map(({ id }) => id)
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index)
  if (twice >= 0) throw new FileError(`${path}: failures.${twice}.id: ${ids[twice]} is there twice`)
  return parsed.data
}

/** The cases as a baseline lets them be counted, and what has become of the baseline itself, a line each. */
export interface Applied {
  readonly cases: readonly CaseResult[]
  readonly notes: readonly string[]
}

/** A failure that the baseline knows, and that has not expired by `today` (YYYY-MM-DD), is an expected one. */
export function applyBaseline(cases: readonly CaseResult[], baseline: Baseline, today: string): Applied {
  const notes: string[] = []
  const known = new Map(baseline.failures.map((failure) => [failure.id, failure]))
  const applied = cases.map((result) => {
    const failure = known.get(result.id)
    known.delete(result.id)
    if (failure === undefined) return result
    const { counted, note } = applyTo(result, failure, today)
    if (note !== undefined) notes.push(`baseline: ${result.id}: ${note}`)
    return counted
  })
  if (known.size > 0)
    notes.push(`baseline: no case was judged by the name of ${[...known.keys()].join(', ')}`)
  return { cases: applied, notes }
}

function applyTo(
  result: CaseResult,
  { why, until, fingerprint }: KnownFailure,
  today: string,
): { readonly counted: CaseResult; readonly note?: string } {
  if (result.status === 'pass') return { counted: result, note: 'it passes; take it out' }
  if (result.status !== 'fail') return { counted: result }
  if (until !== undefined && today >= until) return { counted: result, note: `expired on ${until}` }
  if (fingerprint !== undefined && fingerprint !== result.fingerprint)
    return {
      counted: result,
      note: `another failure than the known one (${result.fingerprint}, not ${fingerprint})`,
    }
  return {
    counted: { ...result, status: 'expected-failure', message: `${why} (${result.message ?? 'fails'})` },
  }
}

/** A baseline of what fails now; what an older one says of the same failures is kept. */
export function baselineOf(cases: readonly CaseResult[], older: Baseline): Baseline {
  const failing = cases.filter(({ status }) => status === 'fail' || status === 'expected-failure')
  return {
    format: 'touchstone-baseline/1',
    failures: failing.map(({ id, status, message, fingerprint }) => {
      const known = status === 'fail' ? undefined : older.failures.find((failure) => failure.id === id)
      return {
        id,
        why: known?.why ?? message ?? 'it fails',
        ...(known?.until === undefined ? {} : { until: known.until }),
        ...(fingerprint === undefined ? {} : { fingerprint }),
      }
    }),
  }
}
