/// <reference path="./seek-bzip.d.ts" />
import { Decompress } from 'fzstd'
import bzip from 'seek-bzip'
import { FileError } from './file-error.ts'
import { readBytes } from './read.ts'
import { zstdFrames } from './zstd-frames.ts'

/** A small file may unpack to any size; what is honest stays far below this. */
const UNPACKED_BYTES_MAX = 512 << 20

/**
 * A file's bytes, unpacked where it is packed (zstd, bzip2: recognised by its first bytes).
 * @throws FileError on what cannot be read, is damaged, or unpacks to more than `bytesMax`
 */
export function readUnpacked(path: string, bytesMax: number = UNPACKED_BYTES_MAX): Uint8Array {
  const bytes = readBytes(path)
  const format = formatOf(bytes)
  if (format === undefined) return bytes
  const output = new BoundedOutput(path, bytesMax)
  try {
    UNPACKERS[format](bytes, output)
  } catch (error) {
    if (error instanceof FileError) throw error
    throw new FileError(`${path}: damaged ${format} data: ${error instanceof Error ? error.message : error}`)
  }
  const unpacked = output.bytes()
  if (unpacked.length === 0) throw new FileError(`${path}: damaged ${format} data: it unpacks to nothing`)
  return unpacked
}

type Format = 'zstd' | 'bzip2'

/** Bytes that the decoder may move about: it moves a frame's whole window once a block. Some ten seconds. */
const MOVED_BYTES_MAX = 2 ** 36

/** Refuses what would take too much memory or time, before the decoder takes either. @throws FileError */
function checkZstdFrames(bytes: Buffer, output: BoundedOutput): void {
  let moved = 0
  for (const { windowBytes, blocks } of zstdFrames(bytes)) {
    output.require(windowBytes)
    moved += windowBytes * blocks
  }
  if (moved > MOVED_BYTES_MAX) throw new Error('too many blocks for windows of this size')
}

function formatOf(bytes: Buffer): Format | undefined {
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528) return 'zstd'
  return bytes.subarray(0, 3).toString('latin1') === 'BZh' ? 'bzip2' : undefined
}

const UNPACKERS: Readonly<Record<Format, (bytes: Buffer, output: BoundedOutput) => void>> = {
  zstd(bytes, output) {
    checkZstdFrames(bytes, output)
    new Decompress((chunk) => output.write(chunk)).push(bytes, true)
  },
  bzip2: (bytes, output) => bzip.decode(bytes, output),
}

class BoundedOutput {
  readonly #path: string
  readonly #bytesMax: number
  #buffer = Buffer.alloc(1 << 16)
  #size = 0

  constructor(path: string, bytesMax: number) {
    this.#path = path
    this.#bytesMax = bytesMax
  }

  /** Whether so many bytes would be too many. @throws FileError */
  require(size: number): void {
    if (size > this.#bytesMax)
      throw new FileError(`${this.#path}: unpacks to more than ${this.#bytesMax} bytes`)
  }

  write(chunk: Uint8Array): void {
    this.#grow(chunk.length)
    this.#buffer.set(chunk, this.#size)
    this.#size += chunk.length
  }

  writeByte(byte: number): void {
    this.#grow(1)
    this.#buffer[this.#size++] = byte
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#size)
  }

  #grow(count: number): void {
    const needed = this.#size + count
    this.require(needed)
    if (needed <= this.#buffer.length) return
    const larger = Buffer.alloc(Math.min(this.#bytesMax, Math.max(needed, 2 * this.#buffer.length)))
    larger.set(this.#buffer.subarray(0, this.#size))
    this.#buffer = larger
  }
}
