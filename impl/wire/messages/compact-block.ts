import type { BlockHeader } from '../block.ts'
import { parseHeader } from '../block.ts'
import type { ByteReader } from '../byte-reader.ts'
import { DecodeError } from '../byte-reader.ts'
import { ByteWriter } from '../byte-writer.ts'
import type { Hasher } from '../hasher.ts'
import type { Transaction } from '../transaction.ts'
import { parseTransaction } from '../transaction.ts'

const SHORT_ID_BYTES = 6
/** Positions in a block fit 16 bits. [BIP152] */
const INDEX_MAX = 0xffff

export interface PrefilledTransaction {
  readonly index: number
  readonly transaction: Transaction
}

/** A block in which most transactions are named by short ids. [BIP152 §HeaderAndShortIDs] */
export interface CompactBlock {
  readonly header: BlockHeader
  readonly nonce: Uint8Array
  /** 48-bit numbers. */
  readonly shortIds: readonly number[]
  /** Ascending by position. */
  readonly prefilled: readonly PrefilledTransaction[]
}

export function encodeCompactBlock(
  header: Uint8Array,
  nonce: Uint8Array,
  shortIds: readonly number[],
  prefilled: readonly PrefilledTransaction[],
): Uint8Array {
  const writer = new ByteWriter(1024).put(header).put(nonce).compactSize(shortIds.length)
  for (const id of shortIds) writer.u32(id % 0x100000000).u16(Math.floor(id / 0x100000000))
  writer.compactSize(prefilled.length)
  let last = -1
  for (const { index, transaction } of prefilled) {
    writer.compactSize(index - last - 1).put(transaction.raw)
    last = index
  }
  return writer.finish()
}

/** Throws DecodeError, also when positions do not fit. */
export function decodeCompactBlock(reader: ByteReader, hasher: Hasher): CompactBlock {
  const header = parseHeader(reader, hasher)
  const nonce = reader.take(8)
  const shortIds = new Array<number>(reader.count(SHORT_ID_BYTES))
  for (let i = 0; i < shortIds.length; i++) shortIds[i] = reader.u32() + reader.u16() * 0x100000000
  const prefilled = new Array<PrefilledTransaction>(reader.count(11))
  let last = -1
  for (let i = 0; i < prefilled.length; i++) {
    const index = nextIndex(reader, last)
    prefilled[i] = { index, transaction: parseTransaction(reader, hasher) }
    last = index
  }
  if (shortIds.length + prefilled.length > INDEX_MAX) throw new DecodeError('indexes overflowed 16 bits')
  return { header, nonce, shortIds, prefilled }
}

/** Positions of transactions that are asked for. [BIP152 §BlockTransactionsRequest] */
export interface BlockTransactionsRequest {
  readonly hash: Uint8Array
  /** Ascending. */
  readonly indexes: readonly number[]
}

export function encodeGetBlockTransactions({ hash, indexes }: BlockTransactionsRequest): Uint8Array {
  const writer = new ByteWriter(64 + indexes.length).put(hash).compactSize(indexes.length)
  let last = -1
  for (const index of indexes) {
    writer.compactSize(index - last - 1)
    last = index
  }
  return writer.finish()
}

/** Throws DecodeError. */
export function decodeGetBlockTransactions(reader: ByteReader): BlockTransactionsRequest {
  const hash = reader.take(32)
  const indexes = new Array<number>(reader.count(1))
  let last = -1
  for (let i = 0; i < indexes.length; i++) last = indexes[i] = nextIndex(reader, last)
  return { hash, indexes }
}

export function encodeBlockTransactions(hash: Uint8Array, transactions: readonly Transaction[]): Uint8Array {
  const writer = new ByteWriter(1024).put(hash).compactSize(transactions.length)
  for (const { raw } of transactions) writer.put(raw)
  return writer.finish()
}

/** Throws DecodeError. */
export function decodeBlockTransactions(
  reader: ByteReader,
  hasher: Hasher,
): { hash: Uint8Array; transactions: Transaction[] } {
  const hash = reader.take(32)
  const transactions = new Array<Transaction>(reader.count(10))
  for (let i = 0; i < transactions.length; i++) transactions[i] = parseTransaction(reader, hasher)
  return { hash, transactions }
}

function nextIndex(reader: ByteReader, last: number): number {
  const index = last + 1 + reader.compactSize()
  if (index > INDEX_MAX) throw new DecodeError('indexes overflowed 16 bits')
  return index
}
