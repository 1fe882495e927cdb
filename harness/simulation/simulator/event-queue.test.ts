import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EventQueue } from './event-queue.ts'

it('gives events back by time, then rank, then arrival, as a stable sort does', () => {
  const events = fc.array(fc.record({ at: fc.nat(5), rank: fc.nat(1) }), { maxLength: 60 })
  fc.assert(
    fc.property(events, (list) => {
      const queue = new EventQueue<{ at: number; rank: number; arrival: number }>()
      list.forEach((event, arrival) => {
        queue.push({ ...event, arrival })
      })
      const out = list.map(() => queue.pop()!)
      const sorted = list
        .map((event, arrival) => ({ ...event, arrival }))
        .sort((a, b) => a.at - b.at || a.rank - b.rank || a.arrival - b.arrival)
      expect(out).toEqual(sorted)
      expect(queue.pop()).toBeUndefined()
    }),
  )
})
