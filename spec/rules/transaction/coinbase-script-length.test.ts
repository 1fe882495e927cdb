import { describe, expect, it } from 'vitest'
import { bytes, coinbase, input, LIMITS, transaction, verdict } from '../testing.ts'
import { coinbaseScriptLength } from './coinbase-script-length.ts'

describe('coinbase script length', () => {
  it.each([
    [1, 'broken'],
    [2, 'kept'],
    [3, 'kept'],
    [99, 'kept'],
    [100, 'kept'],
    [101, 'broken'],
  ])('%i bytes', (length, expected) => {
    expect(verdict(coinbaseScriptLength.check(coinbase({ scriptSig: bytes(length) }), LIMITS))).toBe(expected)
  })
  it('does not ask others', () => {
    const other = transaction({ inputs: [input({ scriptSig: bytes(101) })] })
    expect(verdict(coinbaseScriptLength.check(other, LIMITS))).toBe('kept')
  })
})
