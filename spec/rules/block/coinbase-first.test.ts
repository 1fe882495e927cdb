import { expect, it } from 'vitest'
import { block, coinbase, input, LIMITS, transaction, verdict } from '../testing.ts'
import { coinbaseFirst } from './coinbase-first.ts'

it('asks for a coinbase at the start', () => {
  const check = (...transactions: ReturnType<typeof transaction>[]) =>
    verdict(coinbaseFirst.check({ block: block(transactions), signetChallenge: undefined }, LIMITS))
  const [nothing] = coinbase().inputs
  expect(check(coinbase(), transaction())).toBe('kept')
  expect(check(transaction(), coinbase())).toBe('broken')
  expect(check(transaction({ inputs: [nothing!, input()] }))).toBe('broken')
  expect(check()).toBe('broken')
})
