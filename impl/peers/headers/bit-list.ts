/** Bits in order, eight to a byte. */
export class BitList {
  #bytes = new Uint8Array(8)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(bit: boolean): void {
    const at = this.#length++
    if (at >> 3 === this.#bytes.length) {
      const grown = new Uint8Array(2 * this.#bytes.length)
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    if (bit) this.#bytes[at >> 3]! |= 1 << (at & 7)
  }

  /** Nothing beyond the end. */
  at(index: number): boolean | undefined {
    return index < this.#length ? ((this.#bytes[index >> 3]! >> (index & 7)) & 1) === 1 : undefined
  }
}
