import { z } from 'zod'
import { type RunRecord, runRecordSchema } from './run-record.ts'

/** One JSON object a line. */
export function runToNdjson(records: readonly RunRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** The records of a run file, `parse` the reader of JSON. @throws Error that names the line, and the field in it, that is wrong */
export function runFromNdjson(text: string, parse: (text: string) => unknown = JSON.parse): RunRecord[] {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => ({ value: parseJson(line, number, parse), number }))
  const start = z.object({ type: z.literal('run'), format: z.literal('touchstone-run/1') })
  if (!start.safeParse(lines[0]?.value).success)
    throw new Error('line 1: expected {"type":"run","format":"touchstone-run/1",…}')
  return lines.map(({ value, number }) => checkRecord(value, number))
}

function parseJson(line: string, number: number, parse: (text: string) => unknown): unknown {
  try {
    return parse(line)
  } catch (error) {
    throw new Error(`line ${number}: expected one JSON object: ${(error as Error).message}`)
  }
}

function checkRecord(value: unknown, number: number): RunRecord {
  const parsed = runRecordSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`line ${number}: ${[...(issue?.path ?? []), issue?.message].join(': ')}`)
}
