import { expect, it } from 'vitest'
import { branch, header, LIMITS, verdict } from '../testing.ts'
import { parentKnown } from './parent-known.ts'

it('asks for a parent that is known', () => {
  const check = (parent?: ReturnType<typeof branch>) =>
    verdict(parentKnown.check({ header: header(), parent }, LIMITS))
  expect(check(branch([0]))).toBe('kept')
  expect(check()).toBe('broken')
  expect(parentKnown.rejection).toBe('missing')
})
