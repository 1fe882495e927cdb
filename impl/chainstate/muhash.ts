import type { Hasher } from '../wire/index.ts'
import { chacha20Keystream } from './chacha20.ts'

const ELEMENT_BYTES = 384
/** The largest 3,072-bit safe prime. [Core crypto/muhash.h] */
const MODULUS = (1n << 3072n) - 1103717n

/**
 * A hash of a set, whatever its order: each element becomes a number, and the numbers are multiplied.
 * [Bellare and Micciancio 1997; Core MuHash3072]
 */
export class MuHash {
  readonly #hasher: Hasher
  #product = 1n

  constructor(hasher: Hasher) {
    this.#hasher = hasher
  }

  add(element: Uint8Array): void {
    this.#product = (this.#product * this.#numberOf(element)) % MODULUS
  }

  /** 32 bytes, in the order in which hashes are serialized. */
  digest(): Uint8Array {
    return this.#hasher.sha256(littleEndian(this.#product))
  }

  #numberOf(element: Uint8Array): bigint {
    const bytes = chacha20Keystream(this.#hasher.sha256(element), ELEMENT_BYTES)
    let hex = ''
    for (let i = bytes.length - 1; i >= 0; i--) hex += bytes[i]!.toString(16).padStart(2, '0')
    return BigInt(`0x${hex}`)
  }
}

function littleEndian(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(2 * ELEMENT_BYTES, '0')
  return Uint8Array.from({ length: ELEMENT_BYTES }, (_, i) =>
    Number.parseInt(hex.slice(hex.length - 2 * i - 2, hex.length - 2 * i), 16),
  )
}
