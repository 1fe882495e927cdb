import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt } from './errors.ts'
import { decodeNumber, encodeBoolean, encodeNumber, isMinimalNumber, isTrue } from './number.ts'

const NUMBERS: readonly [number, number[]][] = [
  [0, []],
  [1, [1]],
  [-1, [0x81]],
  [127, [0x7f]],
  [128, [0x80, 0]],
  [-127, [0xff]],
  [-128, [0x80, 0x80]],
  [255, [0xff, 0]],
  [256, [0, 1]],
  [2 ** 31 - 1, [0xff, 0xff, 0xff, 0x7f]],
  [-(2 ** 31 - 1), [0xff, 0xff, 0xff, 0xff]],
  [2 ** 31, [0, 0, 0, 0x80, 0]],
  [2 ** 39 - 1, [0xff, 0xff, 0xff, 0xff, 0x7f]],
]

describe('numbers of scripts', () => {
  it.each(NUMBERS)('%d is written in the fewest bytes', (value, bytes) => {
    expect(encodeNumber(value)).toEqual(Uint8Array.from(bytes))
    expect(decodeNumber(Uint8Array.from(bytes), 5)).toBe(value)
  })

  it('what is written reads as the same number and is minimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 32), max: 2 ** 32 }), (value) => {
        const item = encodeNumber(value)
        return decodeNumber(item, 5) === value && isMinimalNumber(item)
      }),
    )
  })

  it('arithmetic takes four bytes, lock times five', () => {
    const take = (length: number, max?: number) =>
      attempt(() => void decodeNumber(new Uint8Array(length), max))
    expect([3, 4, 5].map((length) => take(length))).toEqual(['OK', 'OK', 'SCRIPTNUM'])
    expect([4, 5, 6].map((length) => take(length, 5))).toEqual(['OK', 'OK', 'SCRIPTNUM'])
  })

  it('padded numbers and a negative zero are not minimal', () => {
    const items = [[0], [0x80], [1, 0], [0xff, 0], [0x7f, 0x80], [0x80, 0x80], []]
    expect(items.map((item) => isMinimalNumber(Uint8Array.from(item)))).toEqual([
      false,
      false,
      false,
      true,
      false,
      true,
      true,
    ])
  })

  it('all zeros are false, the sign aside', () => {
    const items = [[], [0], [0x80], [0, 0x80], [0x80, 0], [1], [0, 1]]
    expect(items.map((item) => isTrue(Uint8Array.from(item)))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ])
    expect([true, false].map((value) => isTrue(encodeBoolean(value)))).toEqual([true, false])
  })
})
