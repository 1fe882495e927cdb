import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FileError, inFile, readBytes } from '../../../files/index.ts'
import type { BlockFile } from './block-files.ts'
import { inOrderOfParents, readFramed } from './framed-blocks.ts'

/** All of them are held at once. */
const BYTES_MAX = 2 ** 31
const KEY_BYTES = 8

/** Whether a node of Core's family stores blocks under this name. */
export function isNodeFile(path: string): boolean {
  return /^blk\d{5,}\.dat$/.test(basename(path))
}

/** The block files of a node's data directory or of its folder `blocks`; undefined when the folder is neither. */
export function nodeFilesIn(folder: string): string[] | undefined {
  for (const candidate of [folder, join(folder, 'blocks')]) {
    if (!existsSync(candidate) || !statSync(candidate).isDirectory()) continue
    const names = readdirSync(candidate).filter(isNodeFile).sort()
    if (names.length > 0) return names.map((name) => join(candidate, name))
  }
  return undefined
}

/**
 * The blocks of a node, from all its files: nodes write them in the order in which they arrive, obfuscated with the key
 * in `xor.dat` beside them. [Core node/blockstorage.cpp] @throws FileError
 */
export function readNodeFiles(paths: readonly string[]): BlockFile {
  const size = paths.reduce((sum, path) => sum + statSync(path).size, 0)
  if (size > BYTES_MAX)
    throw new FileError(`${dirname(paths[0]!)}: block files of ${size} bytes; expected at most ${BYTES_MAX}`)
  const files = paths.flatMap((path) => {
    const bytes = readBytes(path)
    if (bytes.every((byte) => byte === 0)) return []
    const key = keyOf(path)
    if (key.length > 0) for (let at = 0; at < bytes.length; at++) bytes[at]! ^= key[at % KEY_BYTES]!
    const framed = inFile(path, () => readFramed(bytes, key))
    if (framed === undefined) throw new FileError(`${path}: expected blocks behind magic and length`)
    return [{ path, ...framed }]
  })
  const [first] = files
  if (first === undefined) throw new FileError(`${dirname(paths[0]!)}: block files without a block`)
  const stranger = files.find(({ magic }) => magic !== first.magic)
  if (stranger !== undefined)
    throw new FileError(`${stranger.path}: expected the magic ${first.magic}, got ${stranger.magic}`)
  const missing = files.flatMap((file) =>
    file.missing === undefined ? [] : [`${basename(file.path)}: ${file.missing}`],
  )
  return {
    format: 'block files of a node',
    blocks: inOrderOfParents(files.flatMap(({ blocks }) => blocks)),
    magic: first.magic,
    notes: files.flatMap(({ path, notes }) => notes.map((note) => `${basename(path)}: ${note}`)),
    ...(missing.length > 0 && { missing: missing.join('; ') }),
  }
}

/** Empty where a node does not obfuscate. */
function keyOf(path: string): Uint8Array {
  const keyFile = join(dirname(path), 'xor.dat')
  if (!existsSync(keyFile)) return new Uint8Array()
  const key = readBytes(keyFile)
  if (key.length !== KEY_BYTES)
    throw new FileError(`${keyFile}: expected a key of ${KEY_BYTES} bytes, got ${key.length}`)
  return key
}
