/** Reads little-endian fields forward, as views of the data; beyond the end there is a RangeError. */
export class ByteReader {
  readonly data: Uint8Array
  at: number
  readonly #view: DataView

  constructor(data: Uint8Array, at = 0) {
    this.data = data
    this.at = at
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  }

  get left(): number {
    return this.data.length - this.at
  }

  /** The byte so far ahead. */
  peek(ahead: number): number {
    return this.#view.getUint8(this.at + ahead)
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new RangeError(`ends ${length - this.left} bytes too early`)
    this.at += length
    return this.data.subarray(this.at - length, this.at)
  }

  skip(length: number): void {
    this.take(length)
  }

  uint8(): number {
    this.skip(1)
    return this.#view.getUint8(this.at - 1)
  }

  uint16(): number {
    this.skip(2)
    return this.#view.getUint16(this.at - 2, true)
  }

  uint32(): number {
    this.skip(4)
    return this.#view.getUint32(this.at - 4, true)
  }

  uint64(): bigint {
    this.skip(8)
    return this.#view.getBigUint64(this.at - 8, true)
  }

  int64(): bigint {
    return BigInt.asIntN(64, this.uint64())
  }

  /** Bitcoin's variable-length count, in whichever of its forms. [Core serialize.h ReadCompactSize] */
  compactSize(): number {
    const first = this.uint8()
    if (first < 0xfd) return first
    if (first === 0xfd) return this.uint16()
    return first === 0xfe ? this.uint32() : Number(this.uint64())
  }

  /** Bytes with their count before them. */
  counted(): Uint8Array {
    return this.take(this.compactSize())
  }

  /** A list with its count before it, of things of at least `sizeMin` bytes each, which must fit into what is left. */
  list<Item>(sizeMin: number, read: () => Item): Item[] {
    const length = this.compactSize()
    if (length * sizeMin > this.left) throw new RangeError(`ends before ${length} things of a list`)
    return Array.from({ length }, read)
  }
}

/** What `read` finds in the data; undefined when they end too early. */
export function readWhole<Result>(
  data: Uint8Array,
  read: (reader: ByteReader) => Result,
): Result | undefined {
  const reader = new ByteReader(data)
  try {
    const result = read(reader)
    return reader.left === 0 ? result : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
