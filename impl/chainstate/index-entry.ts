import type { RecordPosition } from '../storage/index.ts'
import { ByteReader, ByteWriter, HEADER_BYTES } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'

/** What the store keeps of a block besides its hash and place in the tree, which follow from the headers. */
export interface IndexEntry {
  readonly header: Uint8Array
  readonly height: number
  readonly status: number
  readonly sequence: number
  readonly transactionCount: number
  readonly data: RecordPosition | undefined
  readonly undo: RecordPosition | undefined
}

const scratch = new ByteWriter(160)

/** A view that is good until the next entry. */
export function encodeIndexEntry(node: BlockNode): Uint8Array {
  const writer = scratch
    .reset()
    .put(node.header)
    .u32(node.height)
    .u8(node.status)
    .i64FromNumber(node.sequence)
    .u32(node.transactionCount)
  putPosition(writer, node.data)
  putPosition(writer, node.undo)
  return writer.view()
}

/** Throws DecodeError. */
export function decodeIndexEntry(bytes: Uint8Array): IndexEntry {
  const reader = new ByteReader(bytes)
  const header = reader.take(HEADER_BYTES)
  const height = reader.u32()
  const status = reader.u8()
  const sequence = reader.i64AsNumber()
  const transactionCount = reader.u32()
  const data = takePosition(reader)
  const undo = takePosition(reader)
  reader.finish()
  return { header, height, status, sequence, transactionCount, data, undo }
}

function putPosition(writer: ByteWriter, position: RecordPosition | undefined): void {
  if (position === undefined) {
    writer.u8(0)
    return
  }
  writer.u8(1).u32(position.file).u32(position.offset).u32(position.length).u32(position.checksum)
}

function takePosition(reader: ByteReader): RecordPosition | undefined {
  if (reader.u8() === 0) return undefined
  return { file: reader.u32(), offset: reader.u32(), length: reader.u32(), checksum: reader.i32() }
}
