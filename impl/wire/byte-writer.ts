/** Appends numbers and bytes to a buffer that grows. */
export class ByteWriter {
  #bytes: Uint8Array
  #view: DataView
  #length = 0

  constructor(capacity = 128) {
    this.#bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.#bytes.buffer)
  }

  get length(): number {
    return this.#length
  }

  u8(value: number): this {
    const offset = this.#grow(1)
    this.#view.setUint8(offset, value)
    return this
  }

  u16(value: number): this {
    const offset = this.#grow(2)
    this.#view.setUint16(offset, value, true)
    return this
  }

  u16BigEndian(value: number): this {
    const offset = this.#grow(2)
    this.#view.setUint16(offset, value, false)
    return this
  }

  u32(value: number): this {
    const offset = this.#grow(4)
    this.#view.setUint32(offset, value, true)
    return this
  }

  u64(value: bigint): this {
    const offset = this.#grow(8)
    this.#view.setBigUint64(offset, value, true)
    return this
  }

  /** A number of at most 2^53, negative ones in two's complement. */
  i64FromNumber(value: number): this {
    const offset = this.#grow(8)
    const high = Math.floor(value / 0x100000000)
    this.#view.setUint32(offset, value - high * 0x100000000, true)
    this.#view.setInt32(offset + 4, high, true)
    return this
  }

  put(bytes: Uint8Array): this {
    const offset = this.#grow(bytes.length)
    this.#bytes.set(bytes, offset)
    return this
  }

  compactSize(size: number): this {
    if (size < 253) return this.u8(size)
    if (size < 0x10000) return this.u8(253).u16(size)
    if (size < 0x100000000) return this.u8(254).u32(size)
    return this.u8(255).u64(BigInt(size))
  }

  /** A CompactSize and the bytes. */
  putVariable(bytes: Uint8Array): this {
    return this.compactSize(bytes.length).put(bytes)
  }

  /** What has been written: a view that is only good until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** What has been written, copied. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  /** Starts again with the same buffer. */
  reset(): this {
    this.#length = 0
    return this
  }

  /** Makes room and returns where it begins. To be called before the buffer is touched, which it may replace. */
  #grow(extra: number): number {
    const offset = this.#length
    const needed = offset + extra
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length))
      larger.set(this.#bytes.subarray(0, offset))
      this.#bytes = larger
      this.#view = new DataView(larger.buffer)
    }
    this.#length = needed
    return offset
  }
}

/** Bytes that a CompactSize of this value takes. */
export function compactSizeLength(size: number): number {
  if (size < 253) return 1
  if (size < 0x10000) return 3
  return size < 0x100000000 ? 5 : 9
}
