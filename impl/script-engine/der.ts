/** n, the order of the curve, and its half rounded down. [SEC 2 §2.4.1] */
const ORDER = bytesOf('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')
const HALF_ORDER = bytesOf('7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0')

/**
 * True for the one encoding of a signature that BIP66 allows: 30 length 02 length r 02 length s hashType, both numbers
 * positive and without a superfluous zero byte. `signature` carries its hash type byte.
 */
export function isStrictDer(signature: Uint8Array): boolean {
  const length = signature.length
  if (length < 9 || length > 73) return false
  if (signature[0] !== 0x30 || signature[1] !== length - 3) return false
  const rLength = signature[3]!
  const sAt = 4 + rLength
  if (sAt + 1 >= length) return false
  const sLength = signature[sAt + 1]!
  return (
    rLength + sLength + 7 === length &&
    isStrictInteger(signature, 2, rLength) &&
    isStrictInteger(signature, sAt, sLength)
  )
}

function isStrictInteger(signature: Uint8Array, at: number, length: number): boolean {
  if (signature[at] !== 0x02 || length === 0) return false
  const first = signature[at + 2]!
  if (first >= 0x80) return false
  return first !== 0 || length === 1 || signature[at + 3]! >= 0x80
}

/**
 * r and s, 32 bytes each, of an encoding as lax as blocks before BIP66 hold; the hash type byte is not part of it.
 * Lengths may be padded or long, numbers negative or padded, bytes may follow; the outer length is not believed.
 * A number that is no scalar makes all 64 bytes zero: a signature that nothing fits. Undefined when a tag is missing
 * or a number reaches beyond the end. [Core ecdsa_signature_parse_der_lax]
 */
export function parseLaxDer(encoded: Uint8Array): Uint8Array | undefined {
  const reader = new LaxReader(encoded)
  if (!reader.tag(0x30) || !reader.skipOuterLength()) return undefined
  if (!reader.tag(0x02)) return undefined
  const r = reader.integer()
  if (r === undefined || !reader.tag(0x02)) return undefined
  const s = reader.integer()
  if (s === undefined) return undefined
  const signature = new Uint8Array(64)
  if (r.length > 32 || s.length > 32) return signature
  signature.set(r, 32 - r.length)
  signature.set(s, 64 - s.length)
  if (isAbove(signature, 0, ORDER, true) || isAbove(signature, 32, ORDER, true)) signature.fill(0)
  return signature
}

/** True when s is at most half the order of the curve. [BIP62 rule 5] `signature` is r and s as parseLaxDer gives them. */
export function isLowS(signature: Uint8Array): boolean {
  return !isAbove(signature, 32, HALF_ORDER, false)
}

class LaxReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  tag(expected: number): boolean {
    return this.#bytes[this.#offset++] === expected
  }

  skipOuterLength(): boolean {
    const bytes = this.#bytes
    if (this.#offset >= bytes.length) return false
    const first = bytes[this.#offset++]!
    if (first < 0x80) return true
    if (first - 0x80 > bytes.length - this.#offset) return false
    this.#offset += first - 0x80
    return true
  }

  /** The bytes of an integer without leading zeros. */
  integer(): Uint8Array | undefined {
    const bytes = this.#bytes
    const length = this.#length()
    if (length < 0 || length > bytes.length - this.#offset) return undefined
    const end = this.#offset + length
    let start = this.#offset
    while (start < end && bytes[start] === 0) start++
    this.#offset = end
    return bytes.subarray(start, end)
  }

  /** A length in short or long form, of at most three significant bytes; -1 when there is none. */
  #length(): number {
    const bytes = this.#bytes
    if (this.#offset >= bytes.length) return -1
    const first = bytes[this.#offset++]!
    if (first < 0x80) return first
    let count = first - 0x80
    if (count > bytes.length - this.#offset) return -1
    while (count > 0 && bytes[this.#offset] === 0) {
      this.#offset++
      count--
    }
    if (count >= 4) return -1
    let length = 0
    for (; count > 0; count--) length = length * 256 + bytes[this.#offset++]!
    return length
  }
}

function isAbove(bytes: Uint8Array, at: number, limit: Uint8Array, orEqual: boolean): boolean {
  for (let i = 0; i < 32; i++) {
    const difference = bytes[at + i]! - limit[i]!
    if (difference !== 0) return difference > 0
  }
  return orEqual
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16))
}
