import { expect, it } from 'vitest'
import { strippedSize } from '../../encoding/index.ts'
import { ok } from '../../language/index.ts'
import { sats } from '../../vocabulary/index.ts'
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

it.each([
  [63, undefined],
  [64, 'mutated'],
  [65, undefined],
])(
  'condemns the bytes alone where one without a coinbase holds a transaction of %i bytes',
  (size, rejection) => {
    const odd = transaction({ outputs: [{ value: sats(1n), script: new Uint8Array(size - 60) }] })
    const outcome = coinbaseFirst.check(
      { block: block([transaction(), odd]), signetChallenge: undefined },
      LIMITS,
    )
    expect(strippedSize(odd)).toBe(size)
    expect(outcome === ok ? ok : outcome.rejection).toBe(rejection)
  },
)
