import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openBlockFolder } from './block-folder.ts'

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) fs.rmSync(directory, { recursive: true, force: true })
})

const MAGIC = Uint8Array.of(0xfa, 0xbf, 0xb5, 0xda)
const KEY = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const PLAIN = Uint8Array.from([...MAGIC, ...Array.from({ length: 20 }, (_, i) => i)])
const xor = (bytes: Uint8Array) => bytes.map((byte, i) => byte ^ KEY[i % KEY.length]!)

/** A data directory as bitcoind 28 and later leave it. */
function dataDirectory(key: Uint8Array | undefined): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-blocks-'))
  directories.push(directory)
  const blocks = path.join(directory, 'blocks')
  fs.mkdirSync(path.join(blocks, 'index'), { recursive: true })
  fs.writeFileSync(path.join(blocks, 'rev00000.dat'), 'undo')
  fs.writeFileSync(path.join(blocks, 'blk00000.dat'), key === undefined ? PLAIN : xor(PLAIN))
  fs.writeFileSync(path.join(blocks, 'blk00001.dat'), 'x')
  if (key !== undefined) fs.writeFileSync(path.join(blocks, 'xor.dat'), key)
  return directory
}

test('a data directory, its folder of blocks and one file of it are read, obfuscated or not', () => {
  for (const directory of [dataDirectory(KEY), dataDirectory(undefined)])
    for (const place of ['', 'blocks', 'blocks/blk00000.dat']) {
      const files = openBlockFolder(path.join(directory, place), MAGIC)
      expect(files.list()).toEqual(
        place.endsWith('.dat') ? ['blk00000.dat'] : ['blk00000.dat', 'blk00001.dat'],
      )
      expect(files.size('blk00000.dat')).toBe(PLAIN.length)
      for (const [offset, length] of [
        [0, 99],
        [5, 3],
        [13, 4],
        [23, 9],
        [99, 1],
      ] as const)
        expect(files.read('blk00000.dat', offset, length)).toEqual(PLAIN.slice(offset, offset + length))
    }
})

test('a plain file beside a key is read as it is', () => {
  const directory = dataDirectory(KEY)
  fs.writeFileSync(path.join(directory, 'blocks/blk00000.dat'), PLAIN)
  expect(openBlockFolder(directory, MAGIC).read('blk00000.dat', 0, 99)).toEqual(PLAIN)
})

test('a place without block files, and a key of another length, are refused in one line', () => {
  const directory = dataDirectory(KEY)
  expect(() => openBlockFolder(path.join(directory, 'blocks/index'), MAGIC)).toThrow(
    /^\S+index: no block files/,
  )
  expect(() => openBlockFolder(path.join(directory, 'none'), MAGIC)).toThrow(
    'none: there is no such file or folder',
  )
  fs.writeFileSync(path.join(directory, 'blocks/xor.dat'), 'four')
  expect(() => openBlockFolder(directory, MAGIC)).toThrow('xor.dat: a key of 8 bytes was expected, not of 4')
})
