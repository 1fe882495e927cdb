import { describe, expect, it } from 'vitest'
import { block, bytes, coinbase, commitmentOutput, LIMITS, verdict } from '../testing.ts'
import { witnessReservedValue } from './witness-reserved-value.ts'

const check = (...witness: Uint8Array[]) => {
  const subject = block([coinbase({ witness }, [commitmentOutput(bytes(32))])])
  return verdict(witnessReservedValue.check({ block: subject }, LIMITS))
}

describe('witness reserved value', () => {
  it.each([
    [31, 'broken'],
    [32, 'kept'],
    [33, 'broken'],
  ])('%i bytes', (length, expected) => expect(check(bytes(length))).toBe(expected))
  it('is one item', () => expect([check(), check(bytes(32), bytes(32))]).toEqual(['broken', 'broken']))
  it('is asked for only where there is a commitment', () => {
    expect(verdict(witnessReservedValue.check({ block: block() }, LIMITS))).toBe('kept')
  })
  it('condemns the bytes, not the hash', () => expect(witnessReservedValue.rejection).toBe('mutated'))
})
