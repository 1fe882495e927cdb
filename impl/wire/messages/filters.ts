import type { ByteReader } from '../byte-reader.ts'
import { ByteWriter } from '../byte-writer.ts'

/** Filters and filter headers that one request may ask for, and the distance of checkpoints. [BIP157] */
export const FILTERS_MAX = 1000
export const FILTER_HEADERS_MAX = 2000
export const CHECKPOINT_INTERVAL = 1000

/** What getcfilters and getcfheaders ask for: heights from `start` up to the block `stop`. */
export interface FilterRange {
  readonly type: number
  readonly start: number
  readonly stop: Uint8Array
}

export function encodeFilterRange({ type, start, stop }: FilterRange): Uint8Array {
  return new ByteWriter(37).u8(type).u32(start).put(stop).finish()
}

/** Throws DecodeError. */
export function decodeFilterRange(reader: ByteReader): FilterRange {
  return { type: reader.u8(), start: reader.u32(), stop: reader.take(32) }
}

/** One filter. */
export interface FilterMessage {
  readonly type: number
  readonly blockHash: Uint8Array
  readonly filter: Uint8Array
}

export function encodeFilter({ type, blockHash, filter }: FilterMessage): Uint8Array {
  return new ByteWriter(40 + filter.length).u8(type).put(blockHash).putVariable(filter).finish()
}

/** Throws DecodeError. */
export function decodeFilter(reader: ByteReader): FilterMessage {
  return { type: reader.u8(), blockHash: reader.take(32), filter: reader.takeVariable() }
}

/** Hashes of filters, and the header before the first; from them the headers follow. */
export interface FilterHeadersMessage {
  readonly type: number
  readonly stop: Uint8Array
  readonly previousHeader: Uint8Array
  readonly hashes: readonly Uint8Array[]
}

export function encodeFilterHeaders(message: FilterHeadersMessage): Uint8Array {
  const { type, stop, previousHeader, hashes } = message
  const writer = new ByteWriter(80 + 32 * hashes.length).u8(type).put(stop).put(previousHeader)
  writer.compactSize(hashes.length)
  for (const hash of hashes) writer.put(hash)
  return writer.finish()
}

/** Throws DecodeError. */
export function decodeFilterHeaders(reader: ByteReader): FilterHeadersMessage {
  const type = reader.u8()
  const stop = reader.take(32)
  const previousHeader = reader.take(32)
  return { type, stop, previousHeader, hashes: takeHashes(reader) }
}

/** The payload of cfcheckpt. */
export function encodeFilterCheckpoints(
  type: number,
  stop: Uint8Array,
  headers: readonly Uint8Array[],
): Uint8Array {
  const writer = new ByteWriter(48 + 32 * headers.length).u8(type).put(stop).compactSize(headers.length)
  for (const header of headers) writer.put(header)
  return writer.finish()
}

/** Throws DecodeError. */
export function decodeFilterCheckpoints(reader: ByteReader): {
  type: number
  stop: Uint8Array
  headers: Uint8Array[]
} {
  return { type: reader.u8(), stop: reader.take(32), headers: takeHashes(reader) }
}

/** The payload of getcfcheckpt. */
export function encodeCheckpointRequest(type: number, stop: Uint8Array): Uint8Array {
  return new ByteWriter(33).u8(type).put(stop).finish()
}

function takeHashes(reader: ByteReader): Uint8Array[] {
  return Array.from({ length: reader.count(32) }, () => reader.take(32))
}
