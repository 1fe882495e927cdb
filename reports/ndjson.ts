import { type RunRecord, runRecordSchema } from './run-record.ts'

/** One JSON object a line. */
export function runToNdjson(records: readonly RunRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** The records of a run file; throws an Error whose message names the line that is wrong. */
export function runFromNdjson(text: string): RunRecord[] {
  const records = text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => parseLine(line, number))
  const first = records[0]
  if (first?.type !== 'run' || first.format !== 'touchstone-run/1')
    throw new Error('line 1: expected {"type":"run","format":"touchstone-run/1",…}')
  return records
}

function parseLine(line: string, number: number): RunRecord {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Error(`line ${number}: expected one JSON object`)
  }
  const parsed = runRecordSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`line ${number}: ${[...(issue?.path ?? []), issue?.message].join(': ')}`)
}
