import { readFileSync, statSync } from 'node:fs'
import { FileError, fileError } from './file-error.ts'

/** Node reads no larger file whole. */
const BYTES_MAX = 2 ** 31 - 1
/** A string of V8 holds no more characters. */
const TEXT_BYTES_MAX = 512 << 20

/**
 * The bytes of a regular file, through links. Folders, pipes and devices are refused: a pipe that nobody writes would
 * block for ever, and a device may have no end. @throws FileError
 */
export function readBytes(path: string, bytesMax: number = BYTES_MAX): Buffer {
  try {
    const about = statSync(path)
    if (about.isDirectory()) throw new FileError(`${path}: is a folder; expected a file`)
    if (!about.isFile()) throw new FileError(`${path}: neither a file nor a folder`)
    if (about.size > bytesMax)
      throw new FileError(`${path}: has ${about.size} bytes; expected at most ${bytesMax}`)
    return readFileSync(path)
  } catch (error) {
    throw fileError(path, error)
  }
}

/** A text file in UTF-8; a byte order mark at its start is left out. @throws FileError */
export function readText(path: string, bytesMax: number = TEXT_BYTES_MAX): string {
  return readBytes(path, bytesMax)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
}
