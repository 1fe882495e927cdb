import { describe, expect, it } from 'vitest'
import { strippedSize } from '../../encoding/index.ts'
import { bytes, input, LIMITS, output, transaction, verdict } from '../testing.ts'
import { transactionSize } from './size.ts'

/** A transaction of this many bytes. */
function ofSize(size: number, witness: readonly Uint8Array[] = []) {
  const scriptOf = (length: number) =>
    transaction({ inputs: [input({ witness })], outputs: [output(0, bytes(length))] })
  return scriptOf(70_000 + size - strippedSize(scriptOf(70_000)))
}

describe('transaction size', () => {
  const check = (size: number, witness?: readonly Uint8Array[], limits = LIMITS) =>
    verdict(transactionSize.check(ofSize(size, witness), limits))
  it.each([
    [999_999, 'kept'],
    [1_000_000, 'kept'],
    [1_000_001, 'broken'],
  ])('%i bytes', (size, expected) => expect(check(size)).toBe(expected))
  it('holds to limits between multiples of four', () => {
    const limits = { ...LIMITS, maxBlockWeight: 3_999_999 }
    expect([999_999, 1_000_000].map((size) => check(size, [], limits))).toEqual(['kept', 'broken'])
  })
  it('does not count the witness', () => expect(check(1_000_000, [bytes(9)])).toBe('kept'))
})
