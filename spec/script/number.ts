import { fail } from './errors.ts'

/** Bytes of a number that arithmetic takes; results may be longer. [Core CScriptNum::nDefaultMaxNumSize] */
const NUMBER_BYTES_MAX = 4

/** Reads a number: little-endian, the top bit is the sign. Fails on more bytes than allowed. [Core CScriptNum] */
export function decodeNumber(item: Uint8Array, bytesMax = NUMBER_BYTES_MAX): number {
  if (item.length > bytesMax) fail('SCRIPTNUM')
  const magnitude = item.reduceRight((value, byte, at) => value * 0x100 + (isTop(at) ? byte & 0x7f : byte), 0)
  return isNegative(item) ? -magnitude : magnitude

  function isTop(at: number): boolean {
    return at === item.length - 1
  }
}

/** The shortest item that reads as this number; zero is the empty item. [Core CScriptNum::serialize] */
export function encodeNumber(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = Math.abs(value); rest > 0; rest = Math.floor(rest / 0x100)) bytes.push(rest % 0x100)
  if (bytes.length > 0 && bytes.at(-1)! & 0x80) bytes.push(0)
  if (value < 0) bytes[bytes.length - 1]! |= 0x80
  return Uint8Array.from(bytes)
}

/** Whether an item is the shortest that reads as its number. [BIP62 rule 4] */
export function isMinimalNumber(item: Uint8Array): boolean {
  const top = item.at(-1)
  if (top === undefined || top & 0x7f) return true
  const next = item.at(-2)
  return next !== undefined && (next & 0x80) !== 0
}

/** An item is false when all its bytes are zero but perhaps the sign. [Core CastToBool] */
export function isTrue(item: Uint8Array): boolean {
  return item.some((byte, at) => byte !== 0 && !(byte === 0x80 && at === item.length - 1))
}

/** What opcodes push for yes and no. */
export function encodeBoolean(value: boolean): Uint8Array {
  return encodeNumber(value ? 1 : 0)
}

function isNegative(item: Uint8Array): boolean {
  return ((item.at(-1) ?? 0) & 0x80) !== 0
}
