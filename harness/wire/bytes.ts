import { hash } from 'node:crypto'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'

export { bytesToHex, concatBytes, hexToBytes }

/** Little-endian unsigned integer of `width` bytes; a negative value is written in two's complement. */
export function littleEndian(value: number | bigint, width: number): Uint8Array {
  const bytes = new Uint8Array(width)
  if (width === 8) {
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true)
    return bytes
  }
  let rest = BigInt.asUintN(width * 8, BigInt(value))
  for (let index = 0; index < width; index++) {
    bytes[index] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return bytes
}

/** A four-byte little-endian integer, the commonest of all. */
export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24)
}

/** Bitcoin's variable-length count: 1, 3, 5 or 9 bytes. [Core serialize.h WriteCompactSize] */
export function compactSize(count: number): Uint8Array {
  if (count < 0xfd) return Uint8Array.of(count)
  if (count <= 0xffff) return Uint8Array.of(0xfd, count & 0xff, count >>> 8)
  if (count <= 0xffffffff) return concatBytes(Uint8Array.of(0xfe), uint32(count))
  return concatBytes(Uint8Array.of(0xff), littleEndian(count, 8))
}

/** Bytes with their count before them. */
export function counted(bytes: Uint8Array): Uint8Array {
  return concatBytes(compactSize(bytes.length), bytes)
}

/** A list with its count before it. */
export function countedList(items: readonly Uint8Array[]): Uint8Array {
  return concatBytes(compactSize(items.length), ...items)
}

export function doubleSha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(hash('sha256', hash('sha256', bytes, 'buffer'), 'buffer'))
}

/** [BIP340 §Design] */
export function taggedHash(tag: string, ...parts: Uint8Array[]): Uint8Array {
  const prefix = hash('sha256', tag, 'buffer')
  return Uint8Array.from(hash('sha256', concatBytes(prefix, prefix, ...parts), 'buffer'))
}

/** A hash as people write it: hex, byte order reversed. */
export function displayHash(hash: Uint8Array): string {
  return bytesToHex(hash.toReversed())
}

/** The double SHA-256 as people write it. */
export function dataHash(bytes: Uint8Array): string {
  return displayHash(doubleSha256(bytes))
}

/** The bytes of a hash that is written as people do. */
export function hashBytes(hash: string): Uint8Array {
  return hexToBytes(hash).reverse()
}

/** Little-endian bytes as a number. */
export function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${displayHash(bytes)}`)
}
