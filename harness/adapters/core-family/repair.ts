/** Witness commitment: OP_RETURN, 36 bytes, its tag. [BIP141 §Commitment structure] */
const COMMITMENT = Buffer.from('6a24aa21a9ed', 'hex')
const COMMITMENT_BYTES = 38
const HEADER_BYTES = 80
const VERSION_BYTES = 4

/**
 * Whether the coinbase commits to witnesses and has none itself. `submitblock` gives such a block its reserved value, as
 * mining software may leave it out, and so judges another block than it was given. [Core UpdateUncommittedBlockStructures]
 */
export function lacksReservedValue(block: Uint8Array): boolean {
  try {
    const at = new Cursor(block, HEADER_BYTES)
    if (at.compactSize() === 0) return false
    at.skip(VERSION_BYTES)
    const inputs = at.compactSize()
    // No inputs: the marker of a transaction with witnesses. [BIP144]
    if (inputs === 0) return false
    for (let left = inputs; left > 0; left--) {
      at.skip(32 + 4)
      at.skip(at.compactSize())
      at.skip(4)
    }
    for (let left = at.compactSize(); left > 0; left--) {
      at.skip(8)
      const script = at.take(at.compactSize())
      if (script.length >= COMMITMENT_BYTES && script.subarray(0, COMMITMENT.length).equals(COMMITMENT))
        return true
    }
    return false
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Reads forward; beyond the end there is a RangeError. */
class Cursor {
  readonly #bytes: Buffer
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#at = at
  }

  skip(length: number): void {
    this.take(length)
  }

  take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('the block ends here')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  compactSize(): number {
    const first = this.take(1)[0]!
    if (first < 0xfd) return first
    if (first === 0xfd) return this.take(2).readUInt16LE()
    if (first === 0xfe) return this.take(4).readUInt32LE()
    return Number(this.take(8).readBigUInt64LE())
  }
}
