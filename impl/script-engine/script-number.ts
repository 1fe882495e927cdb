import { EMPTY_BYTES } from '../wire/index.ts'

/** What decodeNumber returns for bytes that are no number: no number of five bytes comes near it. */
export const NOT_A_NUMBER = Number.NEGATIVE_INFINITY

/**
 * A little-endian number whose top bit is its sign, of at most `bytesMax` (4 or 5) bytes;
 * NOT_A_NUMBER when there are more, or when `minimal` is asked and a byte is superfluous. [Core CScriptNum]
 */
export function decodeNumber(bytes: Uint8Array, minimal: boolean, bytesMax = 4): number {
  const length = bytes.length
  if (length === 0) return 0
  if (length > bytesMax) return NOT_A_NUMBER
  const last = bytes[length - 1]!
  if (minimal && (last & 0x7f) === 0 && (length === 1 || (bytes[length - 2]! & 0x80) === 0))
    return NOT_A_NUMBER
  let magnitude = last & 0x7f
  for (let i = length - 2; i >= 0; i--) magnitude = magnitude * 256 + bytes[i]!
  return last & 0x80 && magnitude !== 0 ? -magnitude : magnitude
}

const SMALL_NUMBERS = Array.from({ length: 17 }, (_, value) =>
  value === 0 ? EMPTY_BYTES : Uint8Array.of(value),
)

/** The shortest bytes of a number below 2^47 in magnitude. Small ones share their bytes, which must not be written to. */
export function encodeNumber(value: number): Uint8Array {
  if (value >= 0 && value <= 16) return SMALL_NUMBERS[value]!
  const bytes: number[] = []
  let rest = Math.abs(value)
  while (rest > 0) {
    bytes.push(rest % 256)
    rest = Math.floor(rest / 256)
  }
  const top = bytes.length - 1
  if (bytes[top]! & 0x80) bytes.push(value < 0 ? 0x80 : 0)
  else if (value < 0) bytes[top]! |= 0x80
  return Uint8Array.from(bytes)
}

/** True, as OP_1 pushes it. */
export const TRUE_BYTES = SMALL_NUMBERS[1]!

/** False for nothing but zero bytes, the last of which may carry a sign. [Core CastToBool] */
export function isTrue(bytes: Uint8Array): boolean {
  const last = bytes.length - 1
  for (let i = 0; i <= last; i++) if (bytes[i] !== 0) return i !== last || bytes[i] !== 0x80
  return false
}
