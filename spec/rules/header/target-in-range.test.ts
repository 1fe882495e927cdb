import { describe, expect, it } from 'vitest'
import { encodeCompact } from '../../vocabulary/index.ts'
import { header, LIMITS, verdict } from '../testing.ts'
import { targetInRange } from './target-in-range.ts'

const check = (bits: number) => verdict(targetInRange.check({ header: header({ bits }) }, LIMITS))
const { powLimit } = LIMITS

describe('target in range', () => {
  it.each([
    ['below the easiest', encodeCompact(powLimit) - 1, 'kept'],
    ['the easiest', encodeCompact(powLimit), 'kept'],
    ['above the easiest', encodeCompact(powLimit) + 1, 'broken'],
    ['one', 0x03000001, 'kept'],
    ['zero', 0x03000000, 'broken'],
    ['negative', 0x03800001, 'broken'],
    ['beyond 256 bits', 0x23000001, 'broken'],
  ])('%s', (_, bits, expected) => expect(check(bits)).toBe(expected))
  it.each([
    [0x03000fff, 'kept'],
    [0x03001000, 'kept'],
    [0x03001001, 'broken'],
  ])('%i where the easiest is 4096', (bits, expected) => {
    const exact = { ...LIMITS, powLimit: 0x1000n }
    expect(verdict(targetInRange.check({ header: header({ bits }) }, exact))).toBe(expected)
  })
  it('reads its limit from the chain', () => {
    const strict = { ...LIMITS, powLimit: 0n }
    expect(verdict(targetInRange.check({ header: header({ bits: 0x03000001 }) }, strict))).toBe('broken')
  })
})
