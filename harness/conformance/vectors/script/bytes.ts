import { createHash } from 'node:crypto'

/** Bytes of a hex string; throws Error on anything else. */
export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) throw new Error(`not hex: ${text.slice(0, 40)}`)
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Hex of bytes back to front, as hashes are written for people. */
export function reverseHex(text: string): string {
  return toHex(fromHex(text).reverse())
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** An unsigned number in so many bytes, the least first. */
export function littleEndian(value: number | bigint, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => Number((BigInt(value) >> BigInt(8 * at)) & 0xffn))
}

/** A count or length in Bitcoin's variable form. */
export function compactSize(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value)
  if (value <= 0xffff) return concat(Uint8Array.of(0xfd), littleEndian(value, 2))
  return concat(Uint8Array.of(0xfe), littleEndian(value, 4))
}

/** Bytes behind their length. */
export function withLength(bytes: Uint8Array): Uint8Array {
  return concat(compactSize(bytes.length), bytes)
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest())
}

/** [BIP340 §Design] */
export function taggedHash(tag: string, message: Uint8Array): Uint8Array {
  const prefix = sha256(new TextEncoder().encode(tag))
  return sha256(concat(prefix, prefix, message))
}
