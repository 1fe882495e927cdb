import { expect, it } from 'vitest'
import { bytesToHex, compactSize, concatBytes, hexToBytes } from './bytes.ts'
import { hashesIn } from './messages.ts'
import { ByteReader } from './reader.ts'

/** Each form of a count at its ends. [Core serialize.h WriteCompactSize] */
const COUNTS = [
  [0, '00'],
  [252, 'fc'],
  [253, 'fdfd00'],
  [0xffff, 'fdffff'],
  [0x10000, 'fe00000100'],
  [0xffffffff, 'feffffffff'],
  [0x100000000, 'ff0000000001000000'],
] as const

it('a count is written in its shortest form and read in each', () => {
  for (const [count, hex] of COUNTS) {
    expect(bytesToHex(compactSize(count))).toBe(hex)
    expect(new ByteReader(hexToBytes(hex)).compactSize()).toBe(count)
  }
  expect(new ByteReader(hexToBytes('fd0100')).compactSize()).toBe(1)
})

it('what ends too early is a RangeError that says by how much', () => {
  expect(() => new ByteReader(new Uint8Array(3)).uint32()).toThrow(new RangeError('ends 1 bytes too early'))
  expect(() => new ByteReader(hexToBytes('fdff')).compactSize()).toThrow(RangeError)
  // A list that promises more than is there is refused before anything is allocated.
  expect(() => new ByteReader(hexToBytes('ffffffffffffffff7f')).list(1, () => 0)).toThrow(RangeError)
})

it('numbers are little-endian, and an amount may be negative', () => {
  const bytes = hexToBytes('0102feffffffffffffff')
  expect(new ByteReader(bytes).uint16()).toBe(0x0201)
  expect(new ByteReader(bytes, 2).int64()).toBe(-2n)
  expect(new ByteReader(bytes, 2).uint64()).toBe(2n ** 64n - 2n)
})

it('a broken message names the things that it holds whole', () => {
  const entry = concatBytes(hexToBytes('01000000'), new Uint8Array(32).fill(0xab))
  const named = (hex: string, ...entries: Uint8Array[]) =>
    hashesIn({ command: 'inv', payload: concatBytes(hexToBytes(hex), ...entries) })
  expect(named('02', entry, entry.subarray(1))).toEqual(['ab'.repeat(32)])
  expect(named('fe', entry.subarray(0, 2))).toEqual([])
})
