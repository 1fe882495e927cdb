import { describe, expect, it } from 'vitest'
import { strippedBlockSize } from '../../encoding/index.ts'
import { block, bytes, coinbase, LIMITS, output, verdict } from '../testing.ts'
import { blockSize } from './size.ts'

const padded = (length: number, witness: readonly Uint8Array[]) =>
  block([coinbase({ witness }, [output(0, bytes(length))])])
const check = (size: number, witness: readonly Uint8Array[] = [], limits = LIMITS) => {
  const subject = padded(70_000 + size - strippedBlockSize(padded(70_000, [])), witness)
  return verdict(blockSize.check({ block: subject, signetChallenge: undefined }, limits))
}

describe('block size', () => {
  it.each([
    [999_999, 'kept'],
    [1_000_000, 'kept'],
    [1_000_001, 'broken'],
  ])('%i bytes', (size, expected) => expect(check(size)).toBe(expected))
  it('holds to limits between multiples of four', () => {
    const limits = { ...LIMITS, maxBlockWeight: 3_999_999 }
    expect([999_999, 1_000_000].map((size) => check(size, [], limits))).toEqual(['kept', 'broken'])
  })
  it('does not count witnesses', () => expect(check(1_000_000, [bytes(32)])).toBe('kept'))
})
