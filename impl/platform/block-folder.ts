import fs from 'node:fs'
import path from 'node:path'
import { deobfuscated, type ReadableFiles, StoreError } from '../storage/index.ts'

const BLOCK_FILE = /^blk[0-9]{5,6}\.dat$/
const KEY_NAME = 'xor.dat'
const KEY_BYTES = 8

/**
 * The block files at a place, for reading alone: one file of blocks, a folder of files `blk00000.dat` …, or a data
 * directory as bitcoind leaves it, with such a folder `blocks` in it. A key in `xor.dat` beside the files is applied.
 * Throws StoreError, in one line, where there are none. [Core BlockManager::InitBlocksdirXorKey]
 */
export function openBlockFolder(place: string, magic: Uint8Array): ReadableFiles {
  const { folder, names } = findBlockFiles(place)
  const keyFile = path.join(folder, KEY_NAME)
  const files = readOnly(folder, names)
  if (!fs.existsSync(keyFile)) return files
  const key = fs.readFileSync(keyFile)
  if (key.length !== KEY_BYTES)
    throw new StoreError(`${keyFile}: a key of ${KEY_BYTES} bytes was expected, not of ${key.length}`)
  return deobfuscated(files, key, magic)
}

function findBlockFiles(place: string): { folder: string; names: readonly string[] } {
  const stat = fs.statSync(place, { throwIfNoEntry: false })
  if (stat === undefined) throw new StoreError(`${place}: there is no such file or folder`)
  if (!stat.isDirectory()) return { folder: path.dirname(place), names: [path.basename(place)] }
  for (const folder of [place, path.join(place, 'blocks')]) {
    const names = blockFilesIn(folder)
    if (names.length > 0) return { folder, names }
  }
  throw new StoreError(`${place}: no block files (blk00000.dat, …) are there or in a folder blocks`)
}

function blockFilesIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter((name) => BLOCK_FILE.test(name))
    .sort()
}

/** Opens a file for each read, so that nothing is left to close. */
function readOnly(folder: string, names: readonly string[]): ReadableFiles {
  const sizeOf = (name: string) => fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0
  return {
    list: () => [...names],
    size: sizeOf,
    read: (name, offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeOf(name) - offset)))
      const descriptor = fs.openSync(path.join(folder, name), 'r')
      try {
        let done = 0
        for (let count = -1; done < bytes.length && count !== 0; done += count)
          count = fs.readSync(descriptor, bytes, done, bytes.length - done, offset + done)
        return bytes.subarray(0, done)
      } finally {
        fs.closeSync(descriptor)
      }
    },
  }
}
