import type { RunRecord } from '../run-record.ts'

/** The times at which something happened, earliest first. */
export function momentsOf(records: readonly RunRecord[]): number[] {
  const times = records.flatMap((record) =>
    record.type === 'run' || record.type === 'end' ? [] : [record.at],
  )
  return [...new Set([0, ...times])].sort((a, b) => a - b)
}
