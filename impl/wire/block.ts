import type { ByteReader } from './byte-reader.ts'
import { ByteWriter, compactSizeLength } from './byte-writer.ts'
import type { Hasher } from './hasher.ts'
import type { Transaction } from './transaction.ts'
import { parseTransaction } from './transaction.ts'

/** Bytes of a serialized block header. */
export const HEADER_BYTES = 80
const TRANSACTION_BYTES_MIN = 10

/** A block header over its 80 bytes; the hash is computed when first asked for. */
export class BlockHeader {
  readonly raw: Uint8Array
  /** Signed, as Core compares it. */
  readonly version: number
  /** Unix time in seconds, unsigned 32 bits. */
  readonly time: number
  /** The target in compact form. */
  readonly bits: number
  readonly nonce: number
  readonly #hasher: Hasher
  #hash: Uint8Array | undefined

  constructor(raw: Uint8Array, hasher: Hasher) {
    const view = new DataView(raw.buffer, raw.byteOffset, HEADER_BYTES)
    this.raw = raw
    this.version = view.getInt32(0, true)
    this.time = view.getUint32(68, true)
    this.bits = view.getUint32(72, true)
    this.nonce = view.getUint32(76, true)
    this.#hasher = hasher
  }

  get previousHash(): Uint8Array {
    return this.raw.subarray(4, 36)
  }

  get merkleRoot(): Uint8Array {
    return this.raw.subarray(36, 68)
  }

  /** The block's id, in the order in which it is serialized. */
  get hash(): Uint8Array {
    this.#hash ??= this.#hasher.hash256(this.raw)
    return this.#hash
  }
}

/** A block over its serialized bytes. */
export class Block {
  readonly raw: Uint8Array
  readonly header: BlockHeader
  readonly transactions: readonly Transaction[]

  constructor(raw: Uint8Array, header: BlockHeader, transactions: readonly Transaction[]) {
    this.raw = raw
    this.header = header
    this.transactions = transactions
  }

  get hash(): Uint8Array {
    return this.header.hash
  }

  get totalSize(): number {
    return this.raw.length
  }

  /** Bytes without witnesses. */
  get strippedSize(): number {
    let size = HEADER_BYTES + compactSizeLength(this.transactions.length)
    for (const transaction of this.transactions) size += transaction.strippedSize
    return size
  }

  /** [BIP141 §Block size] */
  get weight(): number {
    return 3 * this.strippedSize + this.totalSize
  }
}

/** Reads 80 bytes. Throws DecodeError. */
export function parseHeader(reader: ByteReader, hasher: Hasher): BlockHeader {
  return new BlockHeader(reader.take(HEADER_BYTES), hasher)
}

/** Reads a block and leaves what follows it. Throws DecodeError. */
export function parseBlock(reader: ByteReader, hasher: Hasher): Block {
  const start = reader.offset
  const header = parseHeader(reader, hasher)
  const count = reader.count(TRANSACTION_BYTES_MIN)
  const transactions = new Array<Transaction>(count)
  for (let i = 0; i < count; i++) transactions[i] = parseTransaction(reader, hasher)
  return new Block(reader.bytes.subarray(start, reader.offset), header, transactions)
}

/** The fields of a header that is about to be made. */
export interface HeaderParts {
  readonly version: number
  readonly previousHash: Uint8Array
  readonly merkleRoot: Uint8Array
  readonly time: number
  readonly bits: number
  readonly nonce: number
}

export function encodeHeader(parts: HeaderParts): Uint8Array {
  return new ByteWriter(HEADER_BYTES)
    .u32(parts.version)
    .put(parts.previousHash)
    .put(parts.merkleRoot)
    .u32(parts.time)
    .u32(parts.bits)
    .u32(parts.nonce)
    .finish()
}

/** Serializes a header and its transactions, each with its witnesses. */
export function encodeBlock(header: Uint8Array, transactions: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter(1024).put(header).compactSize(transactions.length)
  for (const transaction of transactions) writer.put(transaction)
  return writer.finish()
}
