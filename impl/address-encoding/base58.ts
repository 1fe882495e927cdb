import { EMPTY_BYTES, equalBytes, type Hasher } from '../wire/index.ts'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BASE = ALPHABET.length
const CHECKSUM_BYTES = 4

/** Bytes as text in base 58; a leading zero byte is a leading `1`. Takes time by the square of the length. */
export function encodeBase58(bytes: Uint8Array): string {
  let zeros = 0
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++
  /** Least significant digit first. */
  const digits: number[] = []
  for (const byte of bytes.subarray(zeros)) multiplyAdd(digits, BASE, 256, byte)
  let text = '1'.repeat(zeros)
  for (let i = digits.length - 1; i >= 0; i--) text += ALPHABET[digits[i]!]
  return text
}

/**
 * The bytes of a text in base 58; undefined for another character or for more than `bytesMax` bytes. White space round
 * the text is ignored. [Core DecodeBase58]
 */
export function decodeBase58(text: string, bytesMax: number): Uint8Array | undefined {
  const characters = text.replace(/^[ \f\n\r\t\v]+|[ \f\n\r\t\v]+$/g, '')
  let zeros = 0
  while (characters[zeros] === '1') if (++zeros > bytesMax) return undefined
  /** Least significant first. */
  const bytes: number[] = []
  for (let at = zeros; at < characters.length; at++) {
    const digit = ALPHABET.indexOf(characters[at]!)
    if (digit < 0) return undefined
    multiplyAdd(bytes, 256, BASE, digit)
    if (zeros + bytes.length > bytesMax) return undefined
  }
  const decoded = new Uint8Array(zeros + bytes.length)
  decoded.set(bytes.reverse(), zeros)
  return decoded
}

/** A number in digits of `base`, times `factor` and plus `carry`, in place. */
function multiplyAdd(digits: number[], base: number, factor: number, carry: number): void {
  let rest = carry
  for (let i = 0; i < digits.length || rest > 0; i++) {
    rest += (digits[i] ?? 0) * factor
    digits[i] = rest % base
    rest = Math.floor(rest / base)
  }
}

/** Base 58 with the first four bytes of the doubled hash behind the payload. [Core EncodeBase58Check] */
export function encodeBase58Check(payload: Uint8Array, hasher: Hasher): string {
  const bytes = new Uint8Array(payload.length + CHECKSUM_BYTES)
  bytes.set(payload)
  bytes.set(checksum(payload, hasher), payload.length)
  return encodeBase58(bytes)
}

/** The payload of a text whose checksum holds; undefined for any other, or for more than `bytesMax` bytes of payload. */
export function decodeBase58Check(text: string, bytesMax: number, hasher: Hasher): Uint8Array | undefined {
  const bytes = decodeBase58(text, bytesMax + CHECKSUM_BYTES) ?? EMPTY_BYTES
  if (bytes.length < CHECKSUM_BYTES) return undefined
  const payload = bytes.subarray(0, -CHECKSUM_BYTES)
  return equalBytes(bytes.subarray(-CHECKSUM_BYTES), checksum(payload, hasher)) ? payload : undefined
}

function checksum(payload: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.hash256(payload).subarray(0, CHECKSUM_BYTES)
}
