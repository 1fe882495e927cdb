import type { BlockHeader } from '../block.ts'
import { HEADER_BYTES, parseHeader } from '../block.ts'
import type { ByteReader } from '../byte-reader.ts'
import { DecodeError } from '../byte-reader.ts'
import { ByteWriter } from '../byte-writer.ts'
import type { Hasher } from '../hasher.ts'

/** [Core MAX_HEADERS_RESULTS] */
export const HEADERS_MAX = 2000
/** [Core MAX_LOCATOR_SZ] */
export const LOCATOR_MAX = 101

const ZERO_HASH = new Uint8Array(32)

/** Where the asker stands: hashes of its chain, tip first, and where to stop (zeros: nowhere). */
export interface LocatorMessage {
  readonly locator: readonly Uint8Array[]
  readonly stop: Uint8Array
}

/** The payload of getheaders and getblocks. */
export function encodeLocator(
  version: number,
  locator: readonly Uint8Array[],
  stop: Uint8Array = ZERO_HASH,
): Uint8Array {
  const writer = new ByteWriter(40 + 32 * locator.length).u32(version).compactSize(locator.length)
  for (const hash of locator) writer.put(hash)
  return writer.put(stop).finish()
}

/** Throws DecodeError. */
export function decodeLocator(reader: ByteReader): LocatorMessage {
  reader.skip(4)
  const count = reader.count(32)
  const locator = new Array<Uint8Array>(count)
  for (let i = 0; i < count; i++) locator[i] = reader.take(32)
  return { locator, stop: reader.take(32) }
}

/** `headers` are 80 bytes each. */
export function encodeHeaders(headers: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter(9 + (HEADER_BYTES + 1) * headers.length).compactSize(headers.length)
  for (const header of headers) writer.put(header).u8(0)
  return writer.finish()
}

/** How many headers the payload says it holds; more than HEADERS_MAX are for the caller to refuse. Throws DecodeError. */
export function decodeHeaderCount(reader: ByteReader): number {
  return reader.compactSize()
}

/** The headers after their count. Throws DecodeError. */
export function decodeHeaders(reader: ByteReader, count: number, hasher: Hasher): BlockHeader[] {
  if (count * (HEADER_BYTES + 1) > reader.remaining) throw new DecodeError('end of data')
  const headers = new Array<BlockHeader>(count)
  for (let i = 0; i < count; i++) {
    headers[i] = parseHeader(reader, hasher)
    reader.compactSize()
  }
  return headers
}
