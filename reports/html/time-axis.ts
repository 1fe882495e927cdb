import type { RunRecord } from '../run-record.ts'

/** Maps virtual time to vertical pixels: pauses shrink, so that every moment in which something happened has room. */
export interface TimeAxis {
  y(atMs: number): number
  readonly height: number
  /** Times worth a label, with their place. */
  readonly labels: readonly { readonly at: number; readonly y: number }[]
}

const TOP_PX = 64
const LABEL_EVERY_PX = 44

export function timeAxis(records: readonly RunRecord[]): TimeAxis {
  const moments = [...new Set([0, ...records.flatMap(momentsOf)])].sort((a, b) => a - b)
  const places = new Map<number, number>()
  let y = TOP_PX
  moments.forEach((moment, index) => {
    if (index > 0) y += gapPx(moment - moments[index - 1]!)
    places.set(moment, y)
  })
  const labels: { at: number; y: number }[] = []
  for (const [at, place] of places)
    if (labels.length === 0 || place - labels.at(-1)!.y >= LABEL_EVERY_PX) labels.push({ at, y: place })
  return { y: (at) => places.get(at) ?? between(moments, places, at), height: y + 48, labels }
}

/** `12.05 s`, `3 min 20 s`, `2 h 5 min`. */
export function timeLabel(atMs: number): string {
  const seconds = atMs / 1000
  if (seconds < 60) return `${Number(seconds.toFixed(2))} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

function momentsOf(record: RunRecord): number[] {
  if (record.type === 'run') return []
  if (record.type === 'message')
    return [record.at, ...(record.arrivesAt === undefined ? [] : [record.arrivesAt])]
  if (record.type === 'partition')
    return [record.at, ...(record.untilMs === undefined ? [] : [record.untilMs])]
  return [record.at]
}

function gapPx(milliseconds: number): number {
  return Math.round(Math.min(46, 5 + 4 * Math.log2(1 + milliseconds / 20)))
}

/** A time at which nothing happened lies right after the moment before it. */
function between(moments: readonly number[], places: ReadonlyMap<number, number>, at: number): number {
  const before = moments.findLast((moment) => moment <= at) ?? 0
  return places.get(before) ?? TOP_PX
}
