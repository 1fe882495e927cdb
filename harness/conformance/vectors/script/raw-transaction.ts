import { compactSize, concat, littleEndian, withLength } from './bytes.ts'

/** A transaction as the readers take one apart: no judgement, only bytes. */
export interface RawTransaction {
  readonly version: number
  readonly inputs: readonly RawInput[]
  readonly outputs: readonly RawOutput[]
  readonly lockTime: number
}

interface RawInput {
  /** Transaction id and index as they are serialized, 36 bytes. */
  readonly outpoint: Uint8Array
  readonly scriptSig: Uint8Array
  readonly sequence: number
  readonly witness: readonly Uint8Array[]
}

export interface RawOutput {
  readonly value: bigint
  readonly script: Uint8Array
}

/** Serializes, with a witness where any input has one. */
export function writeTransaction({ version, inputs, outputs, lockTime }: RawTransaction): Uint8Array {
  const hasWitness = inputs.some((input) => input.witness.length > 0)
  return concat(
    littleEndian(version, 4),
    hasWitness ? Uint8Array.of(0, 1) : Uint8Array.of(),
    compactSize(inputs.length),
    ...inputs.flatMap(({ outpoint, scriptSig, sequence }) => [
      outpoint,
      withLength(scriptSig),
      littleEndian(sequence, 4),
    ]),
    compactSize(outputs.length),
    ...outputs.map(writeOutput),
    ...(hasWitness ? inputs.map(({ witness }) => writeWitness(witness)) : []),
    littleEndian(lockTime, 4),
  )
}

/** Takes a serialized transaction apart; throws Error when it ends too early. */
export function readTransaction(bytes: Uint8Array): RawTransaction {
  const reader = new Reader(bytes)
  const version = reader.number(4)
  const isMarked = bytes[4] === 0 && bytes[5] === 1
  if (isMarked) reader.take(2)
  const inputs = reader.list(() => ({
    outpoint: reader.take(36),
    scriptSig: reader.item(),
    sequence: reader.number(4),
  }))
  const outputs = reader.list(() => reader.output())
  const witnesses = inputs.map(() => (isMarked ? reader.list(() => reader.item()) : []))
  const lockTime = reader.number(4)
  return {
    version,
    inputs: inputs.map((input, index) => ({ ...input, witness: witnesses[index]! })),
    outputs,
    lockTime,
  }
}

/** Takes a serialized output apart; throws Error when it ends too early. */
export function readOutput(bytes: Uint8Array): RawOutput {
  return new Reader(bytes).output()
}

function writeOutput({ value, script }: RawOutput): Uint8Array {
  return concat(littleEndian(value, 8), withLength(script))
}

function writeWitness(items: readonly Uint8Array[]): Uint8Array {
  return concat(compactSize(items.length), ...items.map(withLength))
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array {
    const taken = this.#bytes.slice(this.#at, this.#at + length)
    if (taken.length < length) throw new Error(`transaction ends ${length - taken.length} bytes too early`)
    this.#at += length
    return taken
  }

  number(bytes: number): number {
    return this.take(bytes).reduceRight((value, byte) => value * 256 + byte, 0)
  }

  count(): number {
    const first = this.number(1)
    return first < 0xfd ? first : this.number(first === 0xfd ? 2 : first === 0xfe ? 4 : 8)
  }

  item(): Uint8Array {
    return this.take(this.count())
  }

  list<Item>(read: () => Item): Item[] {
    const items: Item[] = []
    for (let rest = this.count(); rest > 0; rest--) items.push(read())
    return items
  }

  output(): RawOutput {
    const value = this.take(8).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)
    return { value: BigInt.asIntN(64, value), script: this.item() }
  }
}
