import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PriorityQueue } from './priority-queue.ts'

test('gives back items in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const items = times.map((at, order) => ({ at, order }))
      const compare = (a: { at: number; order: number }, b: { at: number; order: number }) =>
        a.at - b.at || a.order - b.order
      const queue = new PriorityQueue<{ at: number; order: number }>((a, b) => compare(a, b) < 0)
      for (const item of items) queue.push(item)
      for (const due of [...items].sort(compare)) {
        expect(queue.first).toEqual(due)
        expect(queue.pop()).toEqual(due)
      }
      expect(queue.first).toBeUndefined()
      expect(queue.pop()).toBeUndefined()
    }),
  )
})
