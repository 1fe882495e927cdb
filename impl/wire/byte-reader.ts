/** Longest object that a CompactSize may announce, where its count is not bounded by the bytes at hand. [Core serialize.h MAX_SIZE] */
const SIZE_MAX = 0x02000000

/** Bytes that are not what their format says. The message is the text that Core's exceptions carry where it has one. */
export class DecodeError extends Error {}

/** Walks over bytes without copying them; everything it returns is a view of the source. */
export class ByteReader {
  readonly bytes: Uint8Array
  readonly end: number
  offset: number
  readonly #view: DataView

  constructor(bytes: Uint8Array, offset = 0, end: number = bytes.length) {
    this.bytes = bytes
    this.offset = offset
    this.end = end
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get remaining(): number {
    return this.end - this.offset
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true)
  }

  /** Port numbers travel in network byte order. */
  u16BigEndian(): number {
    return this.#view.getUint16(this.#advance(2), false)
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true)
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4), true)
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true)
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#advance(8), true)
  }

  /** Signed 64 bits as a number: exact within ±2^53, beyond that rounded but of the right sign and size. */
  i64AsNumber(): number {
    const offset = this.#advance(8)
    return this.#view.getInt32(offset + 4, true) * 0x100000000 + this.#view.getUint32(offset, true)
  }

  /** Bytes from here on, as a view. */
  take(length: number): Uint8Array {
    const offset = this.#advance(length)
    return this.bytes.subarray(offset, offset + length)
  }

  skip(length: number): void {
    this.#advance(length)
  }

  /** A canonical CompactSize of at most 32 MiB. [Core ReadCompactSize] */
  compactSize(): number {
    const first = this.u8()
    if (first < 253) return first
    let size: number
    if (first === 253) {
      size = this.u16()
      if (size < 253) throw new DecodeError('non-canonical ReadCompactSize()')
    } else if (first === 254) {
      size = this.u32()
      if (size < 0x10000) throw new DecodeError('non-canonical ReadCompactSize()')
    } else {
      const low = this.u32()
      const high = this.u32()
      if (high === 0) throw new DecodeError('non-canonical ReadCompactSize()')
      size = high * 0x100000000 + low
    }
    if (size > SIZE_MAX) throw new DecodeError('ReadCompactSize(): size too large')
    return size
  }

  /** A CompactSize that counts things of at least `bytesEach`: more than fit in what remains cannot be decoded. */
  count(bytesEach: number): number {
    const count = this.compactSize()
    if (count * bytesEach > this.remaining) throw new DecodeError(END_OF_DATA)
    return count
  }

  /** A CompactSize and that many bytes. */
  takeVariable(): Uint8Array {
    return this.take(this.compactSize())
  }

  /** Throws unless everything has been read. */
  finish(): void {
    if (this.offset !== this.end) throw new DecodeError(`${this.remaining} bytes too many`)
  }

  #advance(length: number): number {
    const offset = this.offset
    if (length > this.end - offset) throw new DecodeError(END_OF_DATA)
    this.offset = offset + length
    return offset
  }
}

const END_OF_DATA = 'DataStream::read(): end of data'
