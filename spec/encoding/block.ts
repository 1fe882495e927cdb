import type { Block, Hash, Header } from '../vocabulary/index.ts'
import type { Decoded, Format } from './format.ts'
import { decodeAll, decodeFirst, encodeAll } from './format.ts'
import { hashFormat, hashOfBytes, sha256d } from './hashes.ts'
import { int32, listOf, struct, uint32 } from './primitives.ts'
import { transactionFormat } from './transaction.ts'

const headerFormat: Format<Header> = struct<Header>({
  version: int32,
  previous: hashFormat,
  merkleRoot: hashFormat,
  time: uint32,
  bits: uint32,
  nonce: uint32,
})

const blockFormat: Format<Block> = struct<Block>({
  header: headerFormat,
  transactions: listOf(transactionFormat),
})

/** Reads a header from exactly 80 bytes. */
export const decodeHeader = (bytes: Uint8Array): Decoded<Header> => decodeAll(headerFormat, bytes)

/** Reads the header with which bytes begin, whatever follows. */
export const decodeLeadingHeader = (bytes: Uint8Array): Decoded<Header> => decodeFirst(headerFormat, bytes)

/** The 80 bytes of a header. */
export const encodeHeader = (header: Header): Uint8Array => encodeAll(headerFormat, header)

/** Reads a block from all of the bytes. */
export const decodeBlock = (bytes: Uint8Array): Decoded<Block> => decodeAll(blockFormat, bytes)

/** Reads the block with which a message begins; what follows is no part of it. [Core DecodeHexBlk, net_processing.cpp BLOCK] */
export const decodeBlockMessage = (bytes: Uint8Array): Decoded<Block> => decodeFirst(blockFormat, bytes)

/** The bytes of a block, witnesses included. */
export const encodeBlock = (block: Block): Uint8Array => encodeAll(blockFormat, block)

/** A block's name on every chain, whatever its proof-of-work function: sha256d of the header. */
export function blockHash(header: Header): Hash {
  const before = hashes.get(header)
  if (before !== undefined) return before
  const hash = hashOfBytes(sha256d(encodeHeader(header)))
  hashes.set(header, hash)
  return hash
}

const hashes = new WeakMap<Header, Hash>()
