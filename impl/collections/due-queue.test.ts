import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DueQueue } from './due-queue.ts'

test('gives back keys by time, and those of one time in the order they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const queue = new DueQueue()
      for (const [i, at] of times.entries()) queue.push(at, `${i}`)
      const expected = times
        .map((at, i) => ({ at, key: `${i}` }))
        .sort((a, b) => a.at - b.at || Number(a.key) - Number(b.key))
      for (const due of expected) {
        expect(queue.first).toMatchObject(due)
        queue.pop()
      }
      expect(queue.first).toBeUndefined()
    }),
  )
})
