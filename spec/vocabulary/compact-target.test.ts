import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCompact, encodeCompact, workOf } from './compact-target.ts'

describe('compact bits', () => {
  it.each([
    [0x1d00ffff, 0xffffn << 208n],
    [0x207fffff, 0x7fffffn << 232n],
    [0x03123456, 0x123456n],
    [0x02123456, 0x1234n],
    [0x01123456, 0x12n],
    [0x00123456, 0n],
    [0x04123456, 0x12345600n],
  ])('%i spells its target', (bits, target) => {
    expect(decodeCompact(bits)).toEqual({ target, isNegative: false, isOverflow: false })
  })
  it('is negative only when there is something to negate', () => {
    expect(decodeCompact(0x04923456).isNegative).toBe(true)
    expect(decodeCompact(0x04800000).isNegative).toBe(false)
    expect(decodeCompact(0x01803456).isNegative).toBe(false)
  })
  it.each([
    [0x22000001, false],
    [0x220000ff, false],
    [0x22000100, true],
    [0x210000ff, false],
    [0x2100ffff, false],
    [0x21010000, true],
    [0x207fffff, false],
    [0x23000001, true],
    [0xff000000, false],
  ])('%i overflows: %s', (bits, isOverflow) => expect(decodeCompact(bits).isOverflow).toBe(isOverflow))
  it('keeps the three highest bytes of a target, and says again what it said', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (target) => {
        const bits = encodeCompact(target)
        const { target: kept, isNegative, isOverflow } = decodeCompact(bits)
        expect([isNegative, isOverflow]).toEqual([false, false])
        expect(kept <= target && (target - kept) * 0x8000n <= target).toBe(true)
        expect(encodeCompact(kept)).toBe(bits)
      }),
    )
  })
  it('moves a digit when the highest bit would read as a sign', () =>
    expect(encodeCompact(0x80n)).toBe(0x02008000))
  it('expects as many hashes as the target leaves room for', () => {
    expect(workOf(0x207fffff)).toBe(2n)
    expect(workOf(0x1d00ffff)).toBe(0x100010001n)
    expect([0, 0x04923456, 0x23000001].map(workOf)).toEqual([0n, 0n, 0n])
    expect([0x01010000, 0x03000001].map(workOf)).toEqual([1n << 255n, 1n << 255n])
    expect([0x20100000, 0x20400000, 0x21008000, 0x2100ffff].map(workOf)).toEqual([15n, 3n, 1n, 1n])
  })
})
