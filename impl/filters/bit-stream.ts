/** Writes bits, the highest of a byte first. */
export class BitWriter {
  readonly #bytes: number[] = []
  #free = 0

  /** The lowest `count` bits of a number below 2^32. */
  write(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.#bit((value >>> i) & 1)
  }

  /** As many ones as given, and a zero. */
  writeUnary(ones: number): void {
    for (let i = 0; i < ones; i++) this.#bit(1)
    this.#bit(0)
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }

  #bit(bit: number): void {
    if (this.#free === 0) {
      this.#bytes.push(0)
      this.#free = 8
    }
    this.#free--
    this.#bytes[this.#bytes.length - 1]! |= bit << this.#free
  }
}

/** Reads bits, the highest of a byte first. Past the end every bit is a zero, and `isPastEnd` says so. */
export class BitReader {
  readonly #bytes: Uint8Array
  #position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isPastEnd(): boolean {
    return this.#position > 8 * this.#bytes.length
  }

  /** Less than eight bits are left. */
  get isAtEnd(): boolean {
    return !this.isPastEnd && 8 * this.#bytes.length - this.#position < 8
  }

  read(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) value = value * 2 + this.#bit()
    return value
  }

  readUnary(): number {
    let ones = 0
    while (this.#bit() === 1) ones++
    return ones
  }

  #bit(): number {
    const byte = this.#bytes[this.#position >> 3] ?? 0
    return (byte >> (7 - (this.#position++ & 7))) & 1
  }
}
