import { sha256 } from '@noble/hashes/sha2.js'
import type { Hash } from '../vocabulary/index.ts'
import type { Format } from './format.ts'
import { fromHex, toHex } from './hex.ts'

/** SHA-256 twice. */
export function sha256d(bytes: Uint8Array): Uint8Array {
  return sha256(sha256(bytes))
}

/** The hash that 32 serialized bytes stand for: reversed, in hex. */
export function hashOfBytes(bytes: Uint8Array): Hash {
  return toHex(bytes.toReversed()) as Hash
}

/** The 32 bytes of a hash in serialized order. */
export function bytesOfHash(hash: Hash): Uint8Array {
  return fromHex(hash).reverse()
}

/** A hash in its serialized order. */
export const hashFormat: Format<Hash> = {
  read: (source) => hashOfBytes(source.takeBytes(32)),
  write: (hash, sink) => sink.putBytes(bytesOfHash(hash)),
}
