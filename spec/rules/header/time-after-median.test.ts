import { describe, expect, it } from 'vitest'
import { branch, header, LIMITS, verdict } from '../testing.ts'
import { timeAfterMedian } from './time-after-median.ts'

/** Eleven blocks out of order; their median is 60. Two older ones do not count. */
const parent = branch([9000, 9000, 10, 110, 20, 100, 30, 90, 40, 80, 50, 70, 60])
const check = (time: number, changes = {}) =>
  verdict(timeAfterMedian.check({ header: header({ time }), parent, now: 0 }, { ...LIMITS, ...changes }))

describe('time after median', () => {
  it.each([
    [59, 'broken'],
    [60, 'broken'],
    [61, 'kept'],
  ])('a time of %i', (time, expected) => expect(check(time)).toBe(expected))
  it('looks back as far as the chain says', () => {
    expect([check(61, { medianTimeSpanBlocks: 1 }), check(60, { medianTimeSpanBlocks: 1 })]).toEqual([
      'kept',
      'broken',
    ])
    expect([70, 71].map((time) => check(time, { medianTimeSpanBlocks: 12 }))).toEqual(['broken', 'kept'])
  })
})
