import { describe, expect, it } from 'vitest'
import { hash, NULL_HASH, NULL_INDEX } from '../../vocabulary/index.ts'
import { coinbase, input, LIMITS, transaction, verdict } from '../testing.ts'
import { inputsNameOutputs } from './inputs-name-outputs.ts'

const nothing = input({ outpoint: { txid: NULL_HASH, index: NULL_INDEX } })

describe('inputs name outputs', () => {
  const check = (...inputs: ReturnType<typeof input>[]) =>
    verdict(inputsNameOutputs.check(transaction({ inputs }), LIMITS))
  it('lets a coinbase name none', () => {
    expect(verdict(inputsNameOutputs.check(coinbase(), LIMITS))).toBe('kept')
  })
  it('lets outputs be named', () => expect(check(input())).toBe('kept'))
  it('stops an input among others that names none', () => expect(check(input(), nothing)).toBe('broken'))
  it('takes only hash and index together for none', () => {
    const half = input({ outpoint: { txid: NULL_HASH, index: 0 } })
    const other = input({ outpoint: { txid: hash('11'.repeat(32)), index: NULL_INDEX } })
    expect(check(half, other)).toBe('kept')
  })
})
