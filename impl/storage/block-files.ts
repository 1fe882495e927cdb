import { ByteWriter, type Hasher } from '../wire/index.ts'
import {
  type FoundRecord,
  foundRecords,
  type RecordPosition,
  readRecord,
  recordChecksum,
} from './found-records.ts'
import type { Files } from './ports.ts'

/** Length of each file of a series, by number. */
export type FileLengths = readonly number[]

const FRAME_BYTES = 8

/**
 * A series of files `blk00000.dat`, `blk00001.dat` … that hold records one after another:
 * the chain's magic, the record's length (u32 LE), the record. Nothing is ever changed, only appended or cut off.
 */
export class RecordFiles {
  readonly #files: Files
  readonly #prefix: string
  readonly #magic: Uint8Array
  readonly #hasher: Hasher
  readonly #fileBytesMax: number
  readonly #lengths: number[]
  readonly #unsynced = new Set<number>()

  /**
   * `lengths` are those that the index relies on; longer files are cut, for what follows was never acknowledged. Without
   * lengths, when the index is lost, all files are kept as they are.
   */
  constructor(
    files: Files,
    prefix: string,
    magic: Uint8Array,
    hasher: Hasher,
    fileBytesMax: number,
    lengths: FileLengths | undefined,
  ) {
    this.#files = files
    this.#prefix = prefix
    this.#magic = magic
    this.#hasher = hasher
    this.#fileBytesMax = fileBytesMax
    this.#lengths = lengths === undefined ? this.#found() : [...lengths]
    this.#cut()
  }

  get lengths(): FileLengths {
    return this.#lengths
  }

  append(record: Uint8Array): RecordPosition {
    let file = Math.max(this.#lengths.length - 1, 0)
    const length = this.#lengths[file] ?? 0
    if (length > 0 && length + FRAME_BYTES + record.length > this.#fileBytesMax) file++
    const framed = new ByteWriter(FRAME_BYTES + record.length)
      .put(this.#magic)
      .u32(record.length)
      .put(record)
      .view()
    const start = this.#files.append(this.#name(file), framed)
    this.#lengths[file] = start + framed.length
    this.#unsynced.add(file)
    return {
      file,
      offset: start + FRAME_BYTES,
      length: record.length,
      checksum: recordChecksum(record, this.#hasher),
    }
  }

  /** The record, or undefined when the file does not hold what was written. */
  read(position: RecordPosition): Uint8Array | undefined {
    return readRecord(this.#files, this.#name(position.file), position, this.#hasher)
  }

  /** Every record that the files hold, in their order; whatever else stands there is passed over. */
  records(isRecord: (record: Uint8Array) => boolean): Generator<FoundRecord> {
    const names = this.#lengths.map((_, file) => this.#name(file))
    return foundRecords(this.#files, names, this.#magic, this.#hasher, isRecord)
  }

  sync(): void {
    for (const file of this.#unsynced) this.#files.sync(this.#name(file))
    this.#unsynced.clear()
  }

  /** The lengths that the files have; 0 for a number that is missing. */
  #found(): number[] {
    const lengths: number[] = []
    for (const name of this.#files.list()) {
      const file = this.#numberOf(name)
      if (file !== undefined) lengths[file] = this.#files.size(name)
    }
    return Array.from(lengths, (length) => length ?? 0)
  }

  #cut(): void {
    for (const name of this.#files.list()) {
      const file = this.#numberOf(name)
      if (file === undefined) continue
      const length = this.#lengths[file] ?? 0
      if (length === 0) this.#files.remove(name)
      else if (this.#files.size(name) > length) this.#files.truncate(name, length)
    }
  }

  #numberOf(name: string): number | undefined {
    if (!name.startsWith(this.#prefix) || !name.endsWith('.dat')) return undefined
    const digits = name.slice(this.#prefix.length, -4)
    return /^[0-9]{5,6}$/.test(digits) ? Number(digits) : undefined
  }

  #name(file: number): string {
    return `${this.#prefix}${String(file).padStart(5, '0')}.dat`
  }
}
