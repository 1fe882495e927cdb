/** Where records are looked for. */
export interface ScanSource {
  /** Bytes of the file. */
  readonly size: number
  /** At most `length` bytes from `offset` on; fewer where the file ends. */
  read(offset: number, length: number): Uint8Array
}

/** A record and where it begins, its frame left out. */
export interface ScannedRecord {
  readonly offset: number
  readonly record: Uint8Array
}

const FRAME_BYTES = 8
const CHUNK_BYTES = 1 << 20
/** Longer records than any block are no records. */
const RECORD_BYTES_MAX = 32 << 20

/**
 * The records of a block file: the chain's magic, the record's length (u32 LE), the record. Whatever stands between them
 * is passed over: gaps, zeros that a node reserved, a torn end, frames whose contents `isRecord` refuses.
 * [Core LoadExternalBlockFile]
 */
export function* scanRecords(
  source: ScanSource,
  magic: Uint8Array,
  isRecord: (record: Uint8Array) => boolean,
): Generator<ScannedRecord> {
  for (let at = findMagic(source, magic, 0); at !== undefined; ) {
    const frame = source.read(at, FRAME_BYTES)
    const length = new DataView(frame.buffer, frame.byteOffset, frame.length)
    const offset = at + FRAME_BYTES
    const size = frame.length < FRAME_BYTES ? undefined : length.getUint32(4, true)
    const record = size !== undefined && size <= RECORD_BYTES_MAX ? source.read(offset, size) : undefined
    const isWhole = record !== undefined && record.length === size && isRecord(record)
    if (isWhole) yield { offset, record }
    at = findMagic(source, magic, isWhole ? offset + record.length : at + 1)
  }
}

/** Offset of the first magic at or after `from`. */
function findMagic(source: ScanSource, magic: Uint8Array, from: number): number | undefined {
  for (let start = from; start < source.size; start += CHUNK_BYTES) {
    // Chunks overlap, so that a magic on their border is seen.
    const chunk = source.read(start, CHUNK_BYTES + magic.length - 1)
    for (let at = chunk.indexOf(magic[0]!); at !== -1; at = chunk.indexOf(magic[0]!, at + 1))
      if (magic.every((byte, i) => chunk[at + i] === byte)) return start + at
  }
  return undefined
}
