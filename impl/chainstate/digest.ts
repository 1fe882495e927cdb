import type { Hasher } from '../wire/index.ts'

const WORDS = 8
const WORD = 0x100000000
/** Additions after which the words are brought back below 2^32: their sum stays exact in a double. */
const ADDITIONS_MAX = 1 << 20
export const DIGEST_BYTES = 32

/** Sum modulo 2^256 of the hashes of all unspent coins: equal for equal sets, whatever the order. */
export class CoinDigest {
  readonly #words = new Float64Array(WORDS)
  readonly #hasher: Hasher
  #additions = 0

  constructor(hasher: Hasher, saved?: Uint8Array) {
    this.#hasher = hasher
    if (saved === undefined) return
    const view = new DataView(saved.buffer, saved.byteOffset, DIGEST_BYTES)
    for (let i = 0; i < WORDS; i++) this.#words[i] = view.getUint32(4 * i, true)
  }

  add(record: Uint8Array): void {
    this.#apply(record, 1)
  }

  subtract(record: Uint8Array): void {
    this.#apply(record, -1)
  }

  /** The sum, least significant byte first. */
  bytes(): Uint8Array {
    this.#carry()
    const bytes = new Uint8Array(DIGEST_BYTES)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < WORDS; i++) view.setUint32(4 * i, this.#words[i]!, true)
    return bytes
  }

  #apply(record: Uint8Array, sign: 1 | -1): void {
    const hash = this.#hasher.sha256(record)
    for (let i = 0; i < WORDS; i++) {
      const at = 4 * i
      const word = (hash[at]! | (hash[at + 1]! << 8) | (hash[at + 2]! << 16) | (hash[at + 3]! << 24)) >>> 0
      this.#words[i]! += sign * word
    }
    if (++this.#additions >= ADDITIONS_MAX) this.#carry()
  }

  #carry(): void {
    let carry = 0
    for (let i = 0; i < WORDS; i++) {
      const sum = this.#words[i]! + carry
      carry = Math.floor(sum / WORD)
      this.#words[i] = sum - carry * WORD
    }
    this.#additions = 0
  }
}
