import {
  type Block,
  type BlockHeader,
  ByteReader,
  DecodeError,
  type Hasher,
  parseBlock,
  parseHeader,
  parseTransaction,
  type Transaction,
} from '../wire/index.ts'
import { mutated, type Rejection } from './rejection.ts'

/** A header of exactly 80 bytes, or why it is none. */
export function decodeHeader(bytes: Uint8Array, hasher: Hasher): BlockHeader | Rejection {
  return decode(bytes, (reader) => {
    const header = parseHeader(reader, hasher)
    reader.finish()
    return header
  })
}

/** A block, or why it is none; bytes that follow it are ignored, as Core ignores them. */
export function decodeBlock(bytes: Uint8Array, hasher: Hasher): Block | Rejection {
  return decode(bytes, (reader) => parseBlock(reader, hasher))
}

/** A transaction and nothing else, or why it is none. */
export function decodeTransaction(bytes: Uint8Array, hasher: Hasher): Transaction | Rejection {
  return decode(bytes, (reader) => {
    const transaction = parseTransaction(reader, hasher)
    reader.finish()
    return transaction
  })
}

function decode<T>(bytes: Uint8Array, read: (reader: ByteReader) => T): T | Rejection {
  try {
    return read(new ByteReader(bytes))
  } catch (error) {
    if (error instanceof DecodeError) return mutated('decode-failed', error.message)
    throw error
  }
}

/** Distinguishes a rejection from a decoded item. */
export function isRejection(item: object): item is Rejection {
  return 'outcome' in item && item.outcome === 'rejected'
}
