import { z } from 'zod'
import type { CaseResult } from '../../../reports/index.ts'
import { readText } from '../../files/index.ts'

const baselineSchema = z.strictObject({
  format: z.literal('touchstone-baseline/1'),
  /** Cases that are known to fail; from `until` (a date) on they fail again. */
  failures: z.array(
    z.strictObject({
      id: z.string().min(1),
      why: z.string().min(1),
      until: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected YYYY-MM-DD')
        .optional(),
    }),
  ),
})

/** Known failures of a target, so that only new ones turn a CI red. */
export type Baseline = z.infer<typeof baselineSchema>

export const NO_BASELINE: Baseline = { format: 'touchstone-baseline/1', failures: [] }

/** @throws Error with one line: the file, the place in it, what was expected */
export function readBaseline(path: string): Baseline {
  const text = readText(path)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`)
  }
  const parsed = baselineSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${path}: ${issue?.path.join('.') || 'file'}: ${issue?.message}`)
}

/** A failure that the baseline knows, and that has not expired by `today` (YYYY-MM-DD), is an expected one. */
export function applyBaseline(cases: readonly CaseResult[], baseline: Baseline, today: string): CaseResult[] {
  return cases.map((one) => {
    const known = baseline.failures.find(
      ({ id, until }) => id === one.id && (until === undefined || today < until),
    )
    if (known === undefined || one.status !== 'fail') return one
    return { ...one, status: 'expected-failure', message: `${known.why} (${one.message ?? 'fails'})` }
  })
}
