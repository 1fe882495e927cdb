const CHUNK_BYTES = 1 << 16

/**
 * Room for many small byte strings that live about as long as each other: a typed array of its own for each costs more
 * than what is in it.
 */
export class BytePool {
  #chunk = new Uint8Array(0)
  #used = 0

  /** Zeroed bytes that are handed out once. */
  take(length: number): Uint8Array {
    if (length > this.#chunk.length - this.#used) {
      this.#chunk = new Uint8Array(Math.max(length, CHUNK_BYTES))
      this.#used = 0
    }
    const start = this.#used
    this.#used += length
    return this.#chunk.subarray(start, this.#used)
  }

  copy(bytes: Uint8Array): Uint8Array {
    const copied = this.take(bytes.length)
    copied.set(bytes)
    return copied
  }
}
