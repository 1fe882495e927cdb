import { expect, it } from 'vitest'
import { type HistoryEntry, historyTable } from './history.ts'

const entry = (day: number, failed: number): HistoryEntry => ({
  format: 'touchstone-history/1',
  moment: `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`,
  seed: day,
  seconds: 80,
  passed: 100 - failed,
  failed,
  networks: 7,
  eventsPerSecond: 9000,
})

it('lists the latest runs first, marks the failing ones, and leads to the page of each', () => {
  const entries = Array.from({ length: 25 }, (_, day) => entry(day + 1, day === 23 ? 2 : 0))
  const text = historyTable(entries)!.toString()
  expect(
    [...text.matchAll(/<tr class="(\w+)"><td><a href="([^"]*)"/g)].slice(0, 3).map(([, ...found]) => found),
  ).toEqual([
    ['good', '../2026-11-25T100000Z/index.html'],
    ['bad', '../2026-11-24T100000Z/index.html'],
    ['good', '../2026-11-23T100000Z/index.html'],
  ])
  expect(text.match(/<tr class/g)).toHaveLength(20)
})

it('says nothing of a first run', () => {
  expect(historyTable([entry(1, 0)])).toBeUndefined()
})
