import type { Hasher } from '../wire/index.ts'
import type { ReadableFiles } from './ports.ts'
import { scanRecords } from './scan-records.ts'

/** Where a record lies, and four bytes of the hash of its contents. `file` counts in a series of files. */
export interface RecordPosition {
  readonly file: number
  readonly offset: number
  readonly length: number
  readonly checksum: number
}

/** A record that was found in the files, and where. */
export interface FoundRecord {
  readonly position: RecordPosition
  readonly record: Uint8Array
}

/** Every record in a series of files, in the order of the series; whatever else stands there is passed over. */
export function* foundRecords(
  files: ReadableFiles,
  names: readonly string[],
  magic: Uint8Array,
  hasher: Hasher,
  isRecord: (record: Uint8Array) => boolean,
): Generator<FoundRecord> {
  for (const [file, name] of names.entries()) {
    const source = {
      size: files.size(name),
      read: (offset: number, length: number) => files.read(name, offset, length),
    }
    for (const { offset, record } of scanRecords(source, magic, isRecord))
      yield {
        position: { file, offset, length: record.length, checksum: recordChecksum(record, hasher) },
        record,
      }
  }
}

/** The record, or undefined when the file does not hold what was found or written there. */
export function readRecord(
  files: ReadableFiles,
  name: string,
  { offset, length, checksum }: RecordPosition,
  hasher: Hasher,
): Uint8Array | undefined {
  const record = files.read(name, offset, length)
  return record.length === length && recordChecksum(record, hasher) === checksum ? record : undefined
}

/** Four bytes of the hash of a record. */
export function recordChecksum(record: Uint8Array, hasher: Hasher): number {
  const hash = hasher.sha256(record)
  return hash[0]! | (hash[1]! << 8) | (hash[2]! << 16) | (hash[3]! << 24)
}
