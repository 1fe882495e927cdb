import { expect, it } from 'vitest'
import { block, coinbase, LIMITS, transaction, verdict } from '../testing.ts'
import { coinbaseOnce } from './coinbase-once.ts'

it('stops a second coinbase', () => {
  const check = (...transactions: ReturnType<typeof transaction>[]) =>
    verdict(coinbaseOnce.check({ block: block(transactions), signetChallenge: undefined }, LIMITS))
  expect(check(coinbase(), transaction())).toBe('kept')
  expect(check(coinbase(), transaction(), coinbase())).toBe('broken')
  expect(check(transaction())).toBe('kept')
})
