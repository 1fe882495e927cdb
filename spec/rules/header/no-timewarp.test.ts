import { describe, expect, it } from 'vitest'
import { branch, header, LIMITS, verdict } from '../testing.ts'
import { noTimewarp } from './no-timewarp.ts'

const limits = { ...LIMITS, enforceBip94: true, retargetIntervalBlocks: 4 }
const check = (time: number, blocks = 4, changes = {}) => {
  const parent = branch(Array(blocks).fill(10_000))
  return verdict(noTimewarp.check({ header: header({ time }), parent, now: 0 }, { ...limits, ...changes }))
}

describe('no timewarp', () => {
  it.each([
    [9399, 'broken'],
    [9400, 'kept'],
    [9401, 'kept'],
  ])('the first block of a period at %i, its parent at 10000', (time, expected) =>
    expect(check(time)).toBe(expected),
  )
  it('leaves other blocks alone', () => {
    expect([check(9399, 3), check(9399, 5), check(9399, 4, { enforceBip94: false })]).toEqual([
      'kept',
      'kept',
      'kept',
    ])
  })
})
