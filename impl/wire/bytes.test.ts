import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteReader, DecodeError } from './byte-reader.ts'
import { ByteWriter, compactSizeLength } from './byte-writer.ts'
import { bytesKey, bytesToHex, compareBytes, hashFromHex, hashKey, hashToHex, hexToBytes } from './bytes.ts'

const around = (n: number) => [n - 1, n, n + 1]

describe('a writer and a reader', () => {
  test('agree on every kind of number, however the buffer grows', () => {
    const write = (writer: ByteWriter) =>
      writer
        .u8(0xff)
        .u16(0xfffe)
        .u16BigEndian(8333)
        .u32(0xfffffffe)
        .u64(0xfffffffffffffffen)
        .i64FromNumber(-1)
        .i64FromNumber(21_000_000_0000_0000)
        .put(Uint8Array.of(1, 2, 3))
        .putVariable(new Uint8Array(300))
    for (let capacity = 0; capacity < 340; capacity++) {
      const reader = new ByteReader(write(new ByteWriter(capacity)).finish())
      expect([reader.u8(), reader.u16(), reader.u16BigEndian(), reader.u32(), reader.u64()]).toEqual([
        0xff,
        0xfffe,
        8333,
        0xfffffffe,
        0xfffffffffffffffen,
      ])
      expect([reader.i64AsNumber(), reader.i64AsNumber()]).toEqual([-1, 21_000_000_0000_0000])
      expect([...reader.take(3)]).toEqual([1, 2, 3])
      expect(reader.takeVariable()).toHaveLength(300)
      reader.finish()
    }
  })

  test('a CompactSize has its shortest form on both sides of each edge', () => {
    for (const size of [0, ...around(253), ...around(0x10000), 0x02000000]) {
      const bytes = new ByteWriter().compactSize(size).finish()
      expect(bytes).toHaveLength(compactSizeLength(size))
      expect(new ByteReader(bytes).compactSize()).toBe(size)
    }
  })
})

describe('a reader', () => {
  const read = (hex: string) => () => new ByteReader(hexToBytes(hex)!).compactSize()

  test('refuses a CompactSize longer than need be', () => {
    for (const hex of ['fdfc00', 'feffff0000', 'ffffffffff00000000'])
      expect(read(hex)).toThrow('non-canonical ReadCompactSize()')
    for (const hex of ['fdfd00', 'fe00000100']) expect(read(hex)).not.toThrow()
  })

  test('refuses sizes beyond 32 MiB', () => {
    expect(read('fe00000002')).not.toThrow()
    expect(read('fe01000002')).toThrow('size too large')
    expect(read('ff0000000001000000')).toThrow('size too large')
  })

  test('does not read beyond its end, and never allocates for what is not there', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3, 4), 1, 3)
    expect(reader.remaining).toBe(2)
    expect(() => reader.u32()).toThrow(DecodeError)
    expect(reader.u16()).toBe(0x0302)
    expect(() => reader.finish()).not.toThrow()
    expect(() => new ByteReader(hexToBytes('fe00000002')!).count(41)).toThrow('end of data')
  })
})

describe('hex and keys', () => {
  test('hex round trips, and what is not hex is undefined', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes)
      }),
    )
    for (const wrong of ['0', 'zz', '0x', ' 00']) expect(hexToBytes(wrong)).toBeUndefined()
  })

  test('hashes are written backwards', () => {
    const hash = Uint8Array.from({ length: 32 }, (_, i) => i)
    expect(hashToHex(hash).startsWith('1f1e1d')).toBe(true)
    expect(hashFromHex(hashToHex(hash))).toEqual(hash)
    expect(hashFromHex('00')).toBeUndefined()
  })

  test('keys differ where bytes differ', () => {
    const hash = new Uint8Array(32)
    const keys = new Set([hashKey(hash)])
    for (let i = 0; i < 32; i++)
      for (const value of [1, 255])
        keys.add(hashKey(Uint8Array.from(hash, (_, at) => (at === i ? value : 0))))
    expect(keys.size).toBe(65)
    expect(bytesKey(Uint8Array.of(0, 255))).toBe('\u0000\u00ff')
  })

  test('order is that of unsigned bytes, a prefix first', () => {
    const sorted = [[], [0], [0, 0], [1], [127], [128], [255, 1]].map((bytes) => Uint8Array.from(bytes))
    expect([...sorted].reverse().sort(compareBytes)).toEqual(sorted)
  })
})
