import { describe, expect, it } from 'vitest'
import { hash } from '../../vocabulary/index.ts'
import { input, LIMITS, transaction, verdict } from '../testing.ts'
import { distinctInputs } from './distinct-inputs.ts'

describe('distinct inputs', () => {
  const check = (...inputs: ReturnType<typeof input>[]) =>
    verdict(distinctInputs.check(transaction({ inputs }), LIMITS))
  it('lets outputs of one transaction be spent together', () =>
    expect(check(input(), input({ index: 1 }))).toBe('kept'))
  it('lets outputs of one index be spent together', () => {
    expect(check(input(), input({ outpoint: { txid: hash('22'.repeat(32)), index: 0 } }))).toBe('kept')
  })
  it('names the output', () => {
    const inputs = [input(), input({ index: 1 }), input({ index: 1 })]
    expect(distinctInputs.check(transaction({ inputs }), LIMITS)).toMatchObject({
      actual: `${'11'.repeat(32)}:1`,
    })
  })
  it('stops the same output, whatever else differs', () => {
    expect(check(input(), input({ index: 1 }), input({ sequence: 7 }))).toBe('broken')
  })
})
