import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Files, OrderedStore } from '../storage/index.ts'
import { DiskFiles } from './disk-files.ts'
import { LmdbStore } from './lmdb-store.ts'
import { MemoryFiles, MemoryOrderedStore } from './memory-stores.ts'

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) fs.rmSync(directory, { recursive: true, force: true })
})

function temporary(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-'))
  directories.push(directory)
  return directory
}

const bytes = (...values: number[]) => Uint8Array.of(...values)
const plain = (entries: Iterable<[Uint8Array, Uint8Array]>) =>
  [...entries].map(([key, value]) => [[...key], [...value]])

const makers: [string, () => { files: Files; store: OrderedStore }][] = [
  ['memory', () => ({ files: new MemoryFiles(), store: new MemoryOrderedStore() })],
  [
    'disk',
    () => {
      const directory = temporary()
      return {
        files: new DiskFiles(path.join(directory, 'f')),
        store: new LmdbStore(path.join(directory, 's')),
      }
    },
  ],
]

describe.each(makers)('%s', (_, make) => {
  test('files grow at the end, read what is there, and can be cut', () => {
    const { files } = make()
    expect(files.size('a')).toBe(0)
    expect(files.read('a', 0, 4)).toHaveLength(0)
    expect(files.append('a', bytes(1, 2, 3))).toBe(0)
    expect(files.append('a', bytes(4, 5))).toBe(3)
    files.sync('a')
    expect([...files.read('a', 1, 10)]).toEqual([2, 3, 4, 5])
    expect(files.read('a', 5, 1)).toHaveLength(0)
    files.truncate('a', 2)
    expect(files.append('a', bytes(9))).toBe(2)
    expect([...files.read('a', 0, 3)]).toEqual([1, 2, 9])
  })

  test('files are renamed over others and removed', () => {
    const { files } = make()
    files.append('a', bytes(1))
    files.append('b', bytes(2, 2))
    files.rename('a', 'b')
    expect(files.list()).toEqual(['b'])
    expect([...files.read('b', 0, 9)]).toEqual([1])
    files.remove('b')
    expect(files.list()).toEqual([])
    expect(files.size('b')).toBe(0)
  })

  test('a store gives keys in the order of their bytes, the end left out', () => {
    const { store } = make()
    store.batch([
      { put: bytes(2), value: bytes(20) },
      { put: bytes(1, 255), value: bytes(12) },
      { put: bytes(1), value: bytes(10) },
      { put: bytes(128), value: bytes(30) },
    ])
    expect(plain(store.range(bytes(1), bytes(128)))).toEqual([
      [[1], [10]],
      [[1, 255], [12]],
      [[2], [20]],
    ])
    expect(plain(store.range(bytes(1), bytes(2), { reverse: true }))).toEqual([
      [[1, 255], [12]],
      [[1], [10]],
    ])
    expect(plain(store.range(bytes(0), bytes(200), { limit: 1 }))).toEqual([[[1], [10]]])
    store.close()
  })

  test('later operations of a batch win', () => {
    const { store } = make()
    store.batch([{ put: bytes(1), value: bytes(1) }])
    store.batch([
      { delete: bytes(1) },
      { put: bytes(2), value: bytes(1) },
      { put: bytes(2), value: bytes(2) },
    ])
    store.sync()
    expect(store.get(bytes(1))).toBeUndefined()
    expect([...store.get(bytes(2))!]).toEqual([2])
    store.close()
  })
})

test('what was on disk is there again', () => {
  const directory = temporary()
  const files = new DiskFiles(path.join(directory, 'f'))
  files.append('blk00000.dat', bytes(7, 8))
  files.sync('blk00000.dat')
  files.close()
  const again = new DiskFiles(path.join(directory, 'f'))
  expect(again.size('blk00000.dat')).toBe(2)
  expect(again.append('blk00000.dat', bytes(9))).toBe(2)
  again.close()
})

describe('on disk', () => {
  const mode = (file: string) => fs.statSync(file).mode & 0o777

  test('nobody but the owner may read', () => {
    const directory = temporary()
    const files = new DiskFiles(path.join(directory, 'f'))
    files.append('blk00000.dat', bytes(1))
    const store = new LmdbStore(path.join(directory, 's'))
    store.clear()
    store.batch([{ put: bytes(1), value: bytes(2) }])
    for (const name of ['f', 's']) expect(mode(path.join(directory, name))).toBe(0o700)
    for (const name of ['f/blk00000.dat', 'f/.lock', 's/data.mdb', 's/lock.mdb'])
      expect(mode(path.join(directory, name))).toBe(0o600)
    files.close()
    store.close()
  })

  test('a data file cut short is set aside instead of ending the process', () => {
    const directory = temporary()
    const fill = (store: LmdbStore) =>
      store.batch(Array.from({ length: 50 }, (_, i) => ({ put: bytes(5, i), value: new Uint8Array(3000) })))
    const store = new LmdbStore(directory)
    fill(store)
    store.close()
    const whole = new LmdbStore(directory)
    expect(whole.get(bytes(5, 49))?.length).toBe(3000)
    whole.close()
    const file = path.join(directory, 'data.mdb')
    fs.truncateSync(file, fs.statSync(file).size >> 1)
    const torn = new LmdbStore(directory)
    expect(torn.get(bytes(5, 49))).toBeUndefined()
    expect(fs.existsSync(`${file}.damaged`)).toBe(true)
    fill(torn)
    torn.clear()
    expect(torn.get(bytes(5, 49))).toBeUndefined()
    torn.close()
  })
  test('after an opening that never ended, what cannot be walked over is set aside, and what can is kept', () => {
    const directory = temporary()
    const file = path.join(directory, 'data.mdb')
    const mark = `${file}.opening`
    const store = new LmdbStore(directory)
    expect(fs.existsSync(mark)).toBe(true)
    store.batch(Array.from({ length: 50 }, (_, i) => ({ put: bytes(5, i), value: new Uint8Array(3000) })))
    expect(fs.existsSync(mark)).toBe(false)
    store.close()
    fs.writeFileSync(mark, '')
    const whole = new LmdbStore(directory)
    expect(whole.get(bytes(5, 49))?.length).toBe(3000)
    whole.close()
    expect(fs.existsSync(mark)).toBe(false)
    const damaged = fs.readFileSync(file)
    damaged.fill(0xff, 2 * 4096)
    fs.writeFileSync(file, damaged)
    fs.writeFileSync(mark, '')
    const after = new LmdbStore(directory)
    expect(after.get(bytes(5, 49))).toBeUndefined()
    expect(fs.existsSync(`${file}.damaged`)).toBe(true)
    after.close()
  })
})
