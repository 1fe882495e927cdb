import type { RunRecord } from '../run-record.ts'

/** Maps virtual time to vertical pixels: pauses shrink, and a moment is as tall as what happened in it. */
export interface TimeAxis {
  /** The place of the n-th thing of its lane at this time. */
  y(atMs: number, slot?: number): number
  readonly height: number
  /** Times worth a label, with their place. */
  readonly labels: readonly { readonly at: number; readonly y: number }[]
}

/** Hands out places to things that happen in one lane at one time: 0, 1, 2, … */
export type Slots = (lane: string, atMs: number) => number

export function createSlots(): Slots {
  const used = new Map<string, number>()
  return (lane, atMs) => {
    const key = `${atMs} ${lane}`
    const slot = used.get(key) ?? 0
    used.set(key, slot + 1)
    return slot
  }
}

const TOP_PX = 64
const SLOT_PX = 12
const LABEL_EVERY_PX = 40

/** `slotsUsed` says how many things share a lane at a time. */
export function timeAxis(records: readonly RunRecord[], slotsUsed: ReadonlyMap<number, number>): TimeAxis {
  const moments = [...new Set([0, ...records.flatMap(momentsOf)])].sort((a, b) => a - b)
  const places = new Map<number, number>()
  let y = TOP_PX
  moments.forEach((moment, index) => {
    if (index > 0) {
      const before = moments[index - 1]!
      y += gapPx(moment - before) + SLOT_PX * Math.max(0, (slotsUsed.get(before) ?? 1) - 1)
    }
    places.set(moment, y)
  })
  const last = SLOT_PX * (slotsUsed.get(moments.at(-1)!) ?? 1)
  const labels: { at: number; y: number }[] = []
  for (const [at, place] of places)
    if (labels.length === 0 || place - labels.at(-1)!.y >= LABEL_EVERY_PX) labels.push({ at, y: place })
  return {
    y: (at, slot = 0) => (places.get(at) ?? between(moments, places, at)) + slot * SLOT_PX,
    height: y + last + 40,
    labels,
  }
}

/** `12.05 s`, `3 min 20 s`, `2 h 5 min`. */
export function timeLabel(atMs: number): string {
  const seconds = atMs / 1000
  if (seconds < 60) return `${Number(seconds.toFixed(2))} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Number((seconds % 60).toFixed(1))} s`
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
  return Math.round(Math.min(40, 8 + 3 * Math.log2(1 + milliseconds / 20)))
}

/** A time at which nothing happened lies right after the moment before it. */
function between(moments: readonly number[], places: ReadonlyMap<number, number>, at: number): number {
  const before = moments.findLast((moment) => moment <= at) ?? 0
  return places.get(before) ?? TOP_PX
}
