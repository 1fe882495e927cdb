import { describe, expect, it } from 'vitest'
import { SimulatedDisk } from './disk.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)
const entries = (disk: SimulatedDisk) =>
  [...disk.store.range(bytes(0), bytes(255))].map(([key, value]) => [key[0], value[0]])

describe('files', () => {
  it('keep what was synced and lose what was not', () => {
    const disk = new SimulatedDisk()
    disk.files.append('a', bytes(1, 2, 3))
    disk.files.sync('a')
    disk.files.append('a', bytes(4, 5))
    expect(disk.files.size('a')).toBe(5)
    disk.recover(0)
    expect([...disk.files.read('a', 0, 9)]).toEqual([1, 2, 3])
  })

  it('tear: what survives of an un-synced tail ends in zeros', () => {
    const disk = new SimulatedDisk()
    disk.files.append('a', bytes(1, 2))
    disk.files.sync('a')
    disk.files.append('a', new Uint8Array(1000).fill(7))
    disk.recover(256)
    const content = disk.files.read('a', 0, 2000)
    expect(content.length).toBe(1002)
    expect([...content.subarray(0, 512)]).toEqual([1, 2, ...Array(510).fill(7)])
    expect([...content.subarray(512)]).toEqual(Array(490).fill(0))
  })

  it('rename, remove, truncate, list and read past the end', () => {
    const disk = new SimulatedDisk()
    expect(disk.files.append('b', bytes(1, 2, 3))).toBe(0)
    expect(disk.files.append('b', bytes(4))).toBe(3)
    disk.files.truncate('b', 2)
    disk.files.rename('b', 'c')
    disk.files.append('a', bytes(9))
    expect(disk.files.list()).toEqual(['a', 'c'])
    expect([...disk.files.read('c', 1, 10)]).toEqual([2])
    disk.files.remove('a')
    expect(disk.files.list()).toEqual(['c'])
    expect(disk.files.size('a')).toBe(0)
  })

  it('flip one bit of what is stored', () => {
    const disk = new SimulatedDisk()
    disk.files.append('a', bytes(0, 0))
    disk.files.append('b', bytes(0, 0))
    disk.flip(6)
    expect([...disk.files.read('b', 0, 2)]).toEqual([1, 0])
  })
})

describe('a write that is misdirected', () => {
  it('lands elsewhere, leaves zeros where it belongs, and is the only one', () => {
    const disk = new SimulatedDisk()
    disk.files.append('a', bytes(1, 2, 3, 4))
    disk.misdirectNext(1)
    expect(disk.files.append('a', bytes(7, 8))).toBe(4)
    disk.files.append('a', bytes(9))
    expect([...disk.files.read('a', 0, 9)]).toEqual([1, 7, 8, 4, 0, 0, 9])
    expect(disk.damaged).toBe(true)
  })

  it('is cut off at the end of the file where it lands', () => {
    const disk = new SimulatedDisk()
    disk.files.append('a', bytes(1, 2))
    disk.files.append('b', bytes(3))
    disk.misdirectNext(1)
    disk.files.append('b', bytes(7, 8))
    expect([...disk.files.read('a', 0, 9)]).toEqual([1, 7])
    expect([...disk.files.read('b', 0, 9)]).toEqual([3, 0, 0])
  })
})

it('a wiped disk holds nothing, and nothing on it is damaged', () => {
  const disk = new SimulatedDisk()
  disk.files.append('a', bytes(1))
  disk.store.batch([{ put: bytes(1), value: bytes(1) }])
  disk.spoil(0)
  disk.wipe()
  expect(disk.files.list()).toEqual([])
  expect(entries(disk)).toEqual([])
  expect(disk.damaged).toBe(false)
})

describe('a store that rots', () => {
  it('gives other bytes for some values, without a word, until they are written again', () => {
    const disk = new SimulatedDisk()
    const keys = [0, 1, 2, 3, 4, 5]
    disk.store.batch(keys.map((key) => ({ put: bytes(key), value: bytes(0, 8) })))
    disk.rot(4 * 9 + 3)
    const values = () => keys.map((key) => [...disk.store.get(bytes(key))!])
    expect(values()).toEqual(keys.map((key) => (key % 4 === 1 ? [0, 10] : [0, 8])))
    expect(disk.damaged).toBe(true)
    disk.store.batch([{ put: bytes(1), value: bytes(0, 8) }])
    expect(values()[1]).toEqual([0, 8])
  })

  it('is left alone while it is empty', () => {
    const disk = new SimulatedDisk()
    disk.rot(3)
    expect(entries(disk)).toEqual([])
  })
})

describe('store', () => {
  it('says so when a record cannot be read, until it is written again', () => {
    const disk = new SimulatedDisk()
    disk.store.batch([1, 2, 3].map((key) => ({ put: bytes(key), value: bytes(key) })))
    disk.spoil(4)
    expect(disk.store.get(bytes(1))).toEqual(bytes(1))
    expect(() => disk.store.get(bytes(2))).toThrow('checksum')
    expect(() => entries(disk)).toThrow('checksum')
    disk.store.batch([{ put: bytes(2), value: bytes(9) }])
    expect(disk.store.get(bytes(2))).toEqual(bytes(9))
  })

  it('ranges in the order of bytes, both ways, limited', () => {
    const { store } = new SimulatedDisk()
    store.batch([3, 1, 200, 2].map((key) => ({ put: bytes(key), value: bytes(key) })))
    const keys = (options?: { reverse?: boolean; limit?: number }) =>
      [...store.range(bytes(1), bytes(200), options)].map(([key]) => key[0])
    expect(keys()).toEqual([1, 2, 3])
    expect(keys({ reverse: true, limit: 2 })).toEqual([3, 2])
  })

  it.each([
    [0, [[1, 1]]],
    [
      128,
      [
        [1, 9],
        [2, 2],
      ],
    ],
    [256, [[2, 2]]],
  ])('keeps %i of 256ths of its un-synced batches, oldest first', (survives, left) => {
    const disk = new SimulatedDisk()
    disk.store.batch([{ put: bytes(1), value: bytes(1) }])
    disk.store.sync()
    disk.store.batch([
      { put: bytes(1), value: bytes(9) },
      { put: bytes(2), value: bytes(2) },
    ])
    disk.store.batch([{ delete: bytes(1) }])
    disk.recover(survives)
    expect(entries(disk)).toEqual(left)
  })
})

describe('a machine that stops', () => {
  it('at a write carries that write out no more, nor anything after it', () => {
    const disk = new SimulatedDisk()
    disk.stopAtWrite(1)
    disk.files.append('a', bytes(1))
    expect(() => disk.files.append('a', bytes(2))).toThrow('stopped')
    expect(() => disk.store.get(bytes(1))).toThrow('stopped')
    disk.recover(256)
    expect(disk.files.size('a')).toBe(1)
  })

  it('refuses to grow while full, and only that', () => {
    const disk = new SimulatedDisk()
    disk.files.append('a', bytes(1))
    disk.fill()
    expect(() => disk.files.append('a', bytes(2))).toThrow('ENOSPC')
    expect(() => disk.store.batch([])).toThrow('ENOSPC')
    disk.files.sync('a')
    disk.mend()
    expect(disk.files.append('a', bytes(2))).toBe(1)
  })
})
