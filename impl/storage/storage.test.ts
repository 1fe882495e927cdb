import { describe, expect, test } from 'vitest'
import { MemoryOrderedStore } from '../platform/index.ts'
import { ChecksummedStore } from './checksummed-store.ts'
import { scanRecords } from './scan-records.ts'
import { StoreError } from './store-error.ts'

const KEY = Uint8Array.of(1, 2, 3)
const VALUE = Uint8Array.of(4, 5, 6, 7)
const DAMAGE = Uint8Array.of(9)

describe('a store with checksums', () => {
  function filled() {
    const below = new MemoryOrderedStore()
    const store = new ChecksummedStore(below, { put: DAMAGE, value: new Uint8Array(0) })
    store.batch([{ put: KEY, value: VALUE }])
    return { below, store, sealed: below.get(KEY)! }
  }

  test('gives back what it was given, by key and by range', () => {
    const { store } = filled()
    expect(store.get(KEY)).toEqual(VALUE)
    expect([...store.range(Uint8Array.of(0), Uint8Array.of(8))]).toEqual([[KEY, VALUE]])
    expect(store.get(DAMAGE)).toBeUndefined()
  })

  test('notices every inverted bit of a value and of its checksum, and notes it for the next opening', () => {
    for (let bit = 0; bit < 8 * 8; bit++) {
      const { below, store, sealed } = filled()
      const wrong = sealed.slice()
      wrong[bit >> 3]! ^= 1 << (bit & 7)
      below.batch([{ put: KEY, value: wrong }])
      expect(() => store.get(KEY)).toThrow(StoreError)
      expect(store.get(DAMAGE)).toEqual(new Uint8Array(0))
      expect(() => [...store.range(Uint8Array.of(0), Uint8Array.of(8))]).toThrow(StoreError)
    }
  })

  test('notices a value under another key, and one too short for a checksum', () => {
    const { below, store, sealed } = filled()
    const other = Uint8Array.of(1, 2, 2)
    below.batch([
      { put: other, value: sealed },
      { put: KEY, value: sealed.subarray(0, 3) },
    ])
    expect(() => store.get(other)).toThrow(StoreError)
    expect(() => store.get(KEY)).toThrow(StoreError)
  })

  test('is emptied whole', () => {
    const { below, store } = filled()
    store.clear()
    expect(below.get(KEY)).toBeUndefined()
  })
})

describe('the records of a block file', () => {
  const magic = Uint8Array.of(0xfa, 0xbf)
  const MAGIC = Uint8Array.of(0xfa, 0xbf, 0xb5, 0xda)
  const framed = (...record: number[]) => [...MAGIC, record.length, 0, 0, 0, ...record]

  function found(bytes: readonly number[], isRecord: (record: Uint8Array) => boolean = () => true) {
    const file = Uint8Array.from(bytes)
    const read = (offset: number, length: number) => file.subarray(offset, offset + length)
    return [...scanRecords({ size: file.length, read }, MAGIC, isRecord)].map(({ offset, record }) => [
      offset,
      ...record,
    ])
  }

  test('are found one behind the other', () => {
    expect(found([...framed(1, 2), ...framed(3)])).toEqual([
      [8, 1, 2],
      [18, 3],
    ])
  })

  test('are found across gaps, zeros and foreign bytes, and not in a torn end', () => {
    const bytes = [0, 0, 7, ...magic, ...framed(1), 0, 0, 0, ...framed(2), ...framed(3, 4).slice(0, -1)]
    expect(found(bytes).map(([, ...record]) => record)).toEqual([[1], [2]])
  })

  test('inside a frame that holds none are found all the same', () => {
    const isShort = (record: Uint8Array) => record.length < 3
    expect(found(framed(5, ...framed(1, 2)), isShort).map(([, ...record]) => record)).toEqual([[1, 2]])
  })

  test('are found on the border of what is read at once', () => {
    const gap = new Array((1 << 20) - 2).fill(0)
    expect(found([...gap, ...framed(1)])).toEqual([[gap.length + 8, 1]])
  })
})
