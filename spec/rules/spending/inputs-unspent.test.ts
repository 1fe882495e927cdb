import { expect, it } from 'vitest'
import { coin, input, LIMITS, transaction, verdict } from '../testing.ts'
import { inputsUnspent } from './inputs-unspent.ts'

it('asks for a coin behind each input', () => {
  const spender = transaction({ inputs: [input(), input({ index: 1 })] })
  const check = (...coins: (ReturnType<typeof coin> | undefined)[]) =>
    verdict(inputsUnspent.check({ transaction: spender, coins }, LIMITS))
  expect(check(coin(), coin())).toBe('kept')
  expect(check(coin(), undefined)).toBe('broken')
  expect(inputsUnspent.unconfirmed.rejection).toBe('missing')
})
