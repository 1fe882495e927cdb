import { createHash, scryptSync } from 'node:crypto'

/** Where a transaction's parts lie; read by the vectors themselves, so that neither engine supplies the expectation. */
export interface RawTransaction {
  /** As people write it. */
  readonly txid: string
  readonly inputs: readonly { readonly txid: string; readonly index: number }[]
  readonly outputs: readonly { readonly value: bigint; readonly script: Uint8Array }[]
  readonly hasWitness: boolean
  /** Bytes as it travels, and without its witness. */
  readonly size: number
  readonly strippedSize: number
}

export interface RawBlock {
  readonly bytes: Uint8Array
  readonly header: Uint8Array
  readonly hash: string
  readonly previous: string
  readonly time: number
  readonly bits: number
  readonly transactions: readonly RawTransaction[]
}

/** The block that starts at `offset`, or undefined when these bytes are none: its Merkle root must fit. */
export function readBlock(data: Uint8Array, offset = 0): RawBlock | undefined {
  const reader = new RawReader(data, offset + 80)
  if (data.length < offset + 81) return undefined
  try {
    const count = reader.compactSize()
    if (count === 0 || count > data.length / 60) return undefined
    const transactions = Array.from({ length: count }, () => readTransactionFrom(reader))
    const bytes = data.subarray(offset, reader.at)
    const header = bytes.subarray(0, 80)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const block = {
      bytes,
      header,
      hash: displayHash(doubleSha256(header)),
      previous: displayHash(header.subarray(4, 36)),
      time: view.getUint32(68, true),
      bits: view.getUint32(72, true),
      transactions,
    }
    return displayHash(header.subarray(36, 68)) === merkleRoot(transactions) ? block : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A whole transaction and nothing behind it, or undefined. */
export function readTransaction(data: Uint8Array): RawTransaction | undefined {
  const reader = new RawReader(data, 0)
  try {
    const transaction = readTransactionFrom(reader)
    return reader.at === data.length && transaction.outputs.length > 0 ? transaction : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Expected hashes for a block of this compact target. [Core GetBlockProof] */
export function workOfBits(bits: number): bigint {
  return (1n << 256n) / (targetOfBits(bits) + 1n)
}

/** Which function makes this header's proof of work true; undefined when none does. */
export function proofOfWorkOf(block: RawBlock): 'sha256d' | 'scrypt' | undefined {
  const target = targetOfBits(block.bits)
  if (BigInt(`0x${block.hash}`) <= target) return 'sha256d'
  const hash = scryptSync(block.header, block.header, 32, { N: 1024, r: 1, p: 1 })
  return BigInt(`0x${displayHash(hash)}`) <= target ? 'scrypt' : undefined
}

export function doubleSha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()
}

/** Hash bytes the way people write them: reversed. */
export function displayHash(bytes: Uint8Array): string {
  return Buffer.from(bytes).reverse().toString('hex')
}

/** The target that a compact form stands for, sign and overflow aside. */
export function targetOfBits(bits: number): bigint {
  const mantissa = BigInt(bits & 0x7fffff)
  const shift = 8 * ((bits >>> 24) - 3)
  return shift >= 0 ? mantissa << BigInt(shift) : mantissa >> BigInt(-shift)
}

function merkleRoot(transactions: readonly RawTransaction[]): string {
  let level = transactions.map(({ txid }) => Buffer.from(txid, 'hex').reverse())
  while (level.length > 1) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, index) => [
      level[2 * index]!,
      level[2 * index + 1] ?? level[2 * index]!,
    ])
    level = pairs.map((pair) => Buffer.from(doubleSha256(Buffer.concat(pair))))
  }
  return displayHash(level[0]!)
}

function readTransactionFrom(reader: RawReader): RawTransaction {
  const start = reader.at
  reader.skip(4)
  const hasWitness = reader.peek(0) === 0 && reader.peek(1) === 1
  if (hasWitness) reader.skip(2)
  const bodyStart = reader.at
  const inputs = Array.from({ length: reader.count(41) }, () => {
    const txid = displayHash(reader.take(32))
    const index = reader.uint32()
    reader.skip(reader.compactSize())
    reader.skip(4)
    return { txid, index }
  })
  const outputs = Array.from({ length: reader.count(9) }, () => {
    const value = reader.uint64()
    return { value, script: reader.take(reader.compactSize()) }
  })
  const bodyEnd = reader.at
  if (hasWitness)
    for (const _ of inputs)
      for (let items = reader.count(1); items > 0; items--) reader.skip(reader.compactSize())
  const lockTime = reader.take(4)
  const data = reader.data
  const stripped = Buffer.concat([
    data.subarray(start, start + 4),
    data.subarray(bodyStart, bodyEnd),
    lockTime,
  ])
  return {
    txid: displayHash(doubleSha256(stripped)),
    inputs,
    outputs,
    hasWitness,
    size: reader.at - start,
    strippedSize: stripped.length,
  }
}

/** Reads little-endian fields; throws RangeError at the end of the data. */
export class RawReader {
  readonly data: Uint8Array
  at: number
  readonly #view: DataView

  constructor(data: Uint8Array, at: number) {
    this.data = data
    this.at = at
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  }

  peek(ahead: number): number {
    return this.#view.getUint8(this.at + ahead)
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.data.length) throw new RangeError('end of data')
    this.at += length
    return this.data.subarray(this.at - length, this.at)
  }

  skip(length: number): void {
    this.take(length)
  }

  uint32(): number {
    this.skip(4)
    return this.#view.getUint32(this.at - 4, true)
  }

  uint64(): bigint {
    this.skip(8)
    return this.#view.getBigUint64(this.at - 8, true)
  }

  compactSize(): number {
    const first = this.take(1)[0]!
    if (first < 253) return first
    if (first === 253) return this.take(2)[0]! + 256 * this.data[this.at - 1]!
    return first === 254 ? this.uint32() : Number(this.uint64())
  }

  /** A number of things of at least `sizeMin` bytes each, which must fit into what is left. */
  count(sizeMin: number): number {
    const count = this.compactSize()
    if (count * sizeMin > this.data.length - this.at) throw new RangeError('end of data')
    return count
  }
}
