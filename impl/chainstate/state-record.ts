import { ByteReader, ByteWriter } from '../wire/index.ts'
import { DIGEST_BYTES } from './digest.ts'

/** All coins as a whole: how many, and their digest where it is kept. */
export interface CoinTotals {
  readonly count: number
  /** Sum of the CRC-32C of all records modulo 2^32, whatever their order. */
  readonly sum: number
  readonly digest: Uint8Array | undefined
}

/** The totals in the store, and the tip whose coins they are. */
export interface CoinState extends CoinTotals {
  readonly tip: Uint8Array
}

/** A flush under way: the coins in the store lie somewhere between two states. */
export interface FlushMarker {
  readonly from: Uint8Array
  readonly to: CoinState
}

/** Lengths of the files that index entries refer to. */
export interface FilesRecord {
  readonly blocks: readonly number[]
  readonly undo: readonly number[]
}

const FORMAT = 3

/** Format number, genesis hash, and the digest of the rules under which everything was judged. */
export function encodeIdentity(genesis: Uint8Array, rules: Uint8Array): Uint8Array {
  return new ByteWriter().u32(FORMAT).put(genesis).put(rules).finish()
}

/** The genesis hash in an identity; undefined for that of another format. */
export function genesisOf(identity: Uint8Array): Uint8Array | undefined {
  const reader = new ByteReader(identity)
  return reader.u32() === FORMAT ? reader.take(32) : undefined
}

export function encodeCoinState(state: CoinState): Uint8Array {
  return putState(new ByteWriter(), state).finish()
}

/** Throws DecodeError. */
export function decodeCoinState(bytes: Uint8Array): CoinState {
  return takeState(new ByteReader(bytes))
}

export function encodeFlushMarker(marker: FlushMarker): Uint8Array {
  return putState(new ByteWriter().put(marker.from), marker.to).finish()
}

/** Throws DecodeError. */
export function decodeFlushMarker(bytes: Uint8Array): FlushMarker {
  const reader = new ByteReader(bytes)
  return { from: reader.take(32).slice(), to: takeState(reader) }
}

export function encodeFilesRecord(record: FilesRecord): Uint8Array {
  const writer = new ByteWriter()
  for (const lengths of [record.blocks, record.undo]) {
    writer.u32(lengths.length)
    for (const length of lengths) writer.u32(length)
  }
  return writer.finish()
}

/** Throws DecodeError. */
export function decodeFilesRecord(bytes: Uint8Array): FilesRecord {
  const reader = new ByteReader(bytes)
  return { blocks: takeLengths(reader), undo: takeLengths(reader) }
}

function putState(writer: ByteWriter, { tip, count, sum, digest }: CoinState): ByteWriter {
  writer.put(tip).i64FromNumber(count).u32(sum)
  return digest === undefined ? writer.u8(0) : writer.u8(1).put(digest)
}

function takeState(reader: ByteReader): CoinState {
  const tip = reader.take(32).slice()
  const count = reader.i64AsNumber()
  const sum = reader.u32()
  return { tip, count, sum, digest: reader.u8() === 0 ? undefined : reader.take(DIGEST_BYTES).slice() }
}

function takeLengths(reader: ByteReader): number[] {
  const count = reader.u32()
  const lengths: number[] = []
  for (let i = 0; i < count; i++) lengths.push(reader.u32())
  return lengths
}
