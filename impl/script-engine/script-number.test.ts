import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeNumber, encodeNumber, isTrue, NOT_A_NUMBER } from './script-number.ts'

const decode = (...bytes: number[]) => decodeNumber(Uint8Array.from(bytes), false)

describe('script numbers', () => {
  it('round-trip in their shortest form', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 39) + 1, max: 2 ** 39 - 1 }), (value) => {
        const bytes = encodeNumber(value)
        expect(decodeNumber(bytes, true, 5)).toBe(value)
      }),
      {
        examples: [127, 128, 129, 255, 256, 32767, 32768, 2 ** 31 - 1, 2 ** 31].flatMap((n) => [
          [n],
          [-n],
        ]) as [number][],
      },
    )
  })

  it('have four bytes unless five are allowed', () => {
    expect(decode(0xff, 0xff, 0xff, 0x7f)).toBe(2 ** 31 - 1)
    expect(decode(0xff, 0xff, 0xff, 0xff)).toBe(-(2 ** 31) + 1)
    expect(decode(0, 0, 0, 0, 1)).toBe(NOT_A_NUMBER)
    expect(decodeNumber(Uint8Array.of(0, 0, 0, 0, 1), true, 5)).toBe(2 ** 32)
    expect(decodeNumber(new Uint8Array(6), false, 5)).toBe(NOT_A_NUMBER)
  })

  it('may be padded only where minimal form is not asked', () => {
    expect(decode(1, 0)).toBe(1)
    expect(decodeNumber(Uint8Array.of(1, 0), true)).toBe(NOT_A_NUMBER)
    expect(decodeNumber(Uint8Array.of(0x80, 0), true)).toBe(128)
    expect(decodeNumber(Uint8Array.of(0), true)).toBe(NOT_A_NUMBER)
    expect(decodeNumber(Uint8Array.of(0x80), true)).toBe(NOT_A_NUMBER)
    expect(decode(0x80)).toBe(0)
  })

  it('are false only when zero, of either sign', () => {
    expect([[], [0], [0, 0x80], [0x80]].map((bytes) => isTrue(Uint8Array.from(bytes)))).toEqual(
      Array(4).fill(false),
    )
    expect([[1], [0x80, 0], [0, 1], [0x81]].map((bytes) => isTrue(Uint8Array.from(bytes)))).toEqual(
      Array(4).fill(true),
    )
  })
})
