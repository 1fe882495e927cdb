const HEX_PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export const EMPTY_BYTES = new Uint8Array(0)

/** Lower-case hex of bytes, first byte first. */
export function bytesToHex(bytes: Uint8Array): string {
  let hex = ''
  for (let i = 0; i < bytes.length; i++) hex += HEX_PAIRS[bytes[i]!]
  return hex
}

/** Bytes of a hex string; undefined when it is not whole pairs of hex digits. */
export function hexToBytes(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return undefined
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** A hash as people write it: hex with the byte order reversed. */
export function hashToHex(hash: Uint8Array): string {
  let hex = ''
  for (let i = hash.length - 1; i >= 0; i--) hex += HEX_PAIRS[hash[i]!]
  return hex
}

/** The 32 bytes of a hash as people write it; undefined when it is not 64 hex digits. */
export function hashFromHex(hex: string): Uint8Array | undefined {
  return hex.length === 64 ? hexToBytes(hex)?.reverse() : undefined
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Order of bytes as unsigned numbers, a prefix first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

/** A map key of a 32-byte hash: 16 two-byte characters, the cheapest string of those measured. */
export function hashKey(b: Uint8Array): string {
  return String.fromCharCode(
    b[0]! | (b[1]! << 8),
    b[2]! | (b[3]! << 8),
    b[4]! | (b[5]! << 8),
    b[6]! | (b[7]! << 8),
    b[8]! | (b[9]! << 8),
    b[10]! | (b[11]! << 8),
    b[12]! | (b[13]! << 8),
    b[14]! | (b[15]! << 8),
    b[16]! | (b[17]! << 8),
    b[18]! | (b[19]! << 8),
    b[20]! | (b[21]! << 8),
    b[22]! | (b[23]! << 8),
    b[24]! | (b[25]! << 8),
    b[26]! | (b[27]! << 8),
    b[28]! | (b[29]! << 8),
    b[30]! | (b[31]! << 8),
  )
}

/** The 32 bytes of a hash behind its map key. */
export function hashOfKey(key: string): Uint8Array {
  const hash = new Uint8Array(32)
  for (let i = 0; i < 16; i++) {
    hash[2 * i] = key.charCodeAt(i) & 0xff
    hash[2 * i + 1] = key.charCodeAt(i) >> 8
  }
  return hash
}

/** A map key of any bytes, for instance a 36-byte outpoint: one character a byte. */
export function bytesKey(bytes: Uint8Array): string {
  let key = ''
  for (let i = 0; i < bytes.length; i++) key += String.fromCharCode(bytes[i]!)
  return key
}
