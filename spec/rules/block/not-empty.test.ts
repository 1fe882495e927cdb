import { expect, it } from 'vitest'
import { block, LIMITS, verdict } from '../testing.ts'
import { notEmpty } from './not-empty.ts'

it('asks for a transaction', () => {
  const check = (subject = block()) =>
    verdict(notEmpty.check({ block: subject, signetChallenge: undefined }, LIMITS))
  expect([check(), check(block([]))]).toEqual(['kept', 'broken'])
})
