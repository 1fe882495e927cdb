import { ByteReader, ByteWriter, bytesKey, DecodeError } from '../wire/index.ts'
import { BitReader, BitWriter } from './bit-stream.ts'
import { SipHash } from './siphash.ts'

/** Bits of the remainder, and inverse of the rate of false hits, of a basic filter. [BIP158] */
const P = 19
const M = 784_931

/** A Golomb-coded set of byte strings: CompactSize of their number, then the sorted hashes' differences. [BIP158 §Golomb-Coded Sets] */
export function encodeGolombSet(key: Uint8Array, elements: Iterable<Uint8Array>): Uint8Array {
  const distinct = new Map<string, Uint8Array>()
  for (const element of elements) distinct.set(bytesKey(element), element)
  const values = hashToRange(key, distinct.values(), distinct.size).sort((a, b) => a - b)
  const bits = new BitWriter()
  let last = 0
  for (const value of values) {
    const difference = value - last
    bits.writeUnary(Math.floor(difference / 2 ** P))
    bits.write(difference % 2 ** P, P)
    last = value
  }
  return new ByteWriter().compactSize(distinct.size).put(bits.finish()).finish()
}

/** The sorted hashes in an encoded set. Throws DecodeError when it is no such set. */
export function decodeGolombSet(encoded: Uint8Array): { count: number; values: number[] } {
  const reader = new ByteReader(encoded)
  const count = reader.compactSize()
  if (count * (P + 1) > 8 * reader.remaining) throw new DecodeError('end of data')
  const bits = new BitReader(reader.take(reader.remaining))
  const values = new Array<number>(count)
  let last = 0
  for (let i = 0; i < count; i++) {
    const quotient = bits.readUnary()
    last += quotient * 2 ** P + bits.read(P)
    values[i] = last
  }
  if (bits.isPastEnd) throw new DecodeError('end of data')
  if (!bits.isAtEnd && count > 0) throw new DecodeError('encoded_filter contains excess data')
  return { count, values }
}

/** Whether one of these elements may be in the set; a no is certain. Throws DecodeError. */
export function golombSetMayHold(
  encoded: Uint8Array,
  key: Uint8Array,
  elements: readonly Uint8Array[],
): boolean {
  const { count, values } = decodeGolombSet(encoded)
  if (count === 0 || elements.length === 0) return false
  const sought = hashToRange(key, elements, count).sort((a, b) => a - b)
  let at = 0
  for (const value of sought) {
    while (at < values.length && values[at]! < value) at++
    if (values[at] === value) return true
  }
  return false
}

/** Each element's hash, spread evenly below count × M: the upper half of a product of 128 bits. */
function hashToRange(key: Uint8Array, elements: Iterable<Uint8Array>, count: number): number[] {
  const hash = new SipHash(key)
  const range = BigInt(count) * BigInt(M)
  const values: number[] = []
  for (const element of elements) {
    const { low, high } = hash.hash(element)
    const value = (((BigInt(high) << 32n) | BigInt(low)) * range) >> 64n
    values.push(Number(value))
  }
  return values
}
