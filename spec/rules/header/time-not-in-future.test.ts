import { describe, expect, it } from 'vitest'
import { branch, header, LIMITS, verdict } from '../testing.ts'
import { timeNotInFuture } from './time-not-in-future.ts'

const check = (time: number) =>
  verdict(timeNotInFuture.check({ header: header({ time }), parent: branch([0]), now: 1000 }, LIMITS))

describe('time not in future', () => {
  it.each([
    [8199, 'kept'],
    [8200, 'kept'],
    [8201, 'broken'],
  ])('a time of %i when the clock shows 1000', (time, expected) => expect(check(time)).toBe(expected))
  it('may hold later', () => expect(timeNotInFuture.rejection).toBe('premature'))
})
