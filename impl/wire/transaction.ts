import type { ByteReader } from './byte-reader.ts'
import { DecodeError } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import type { Hasher } from './hasher.ts'

const NO_WITNESS: readonly Uint8Array[] = Object.freeze([])
const INPUT_BYTES_MIN = 41
const OUTPUT_BYTES_MIN = 9

/** One input: which coin it spends and what it shows for it. All bytes are views of the transaction's. */
export class TxInput {
  /** 36 bytes as serialized: id of the transaction, index as u32 LE. */
  readonly outpoint: Uint8Array
  readonly prevIndex: number
  readonly scriptSig: Uint8Array
  readonly sequence: number
  witness: readonly Uint8Array[] = NO_WITNESS

  constructor(outpoint: Uint8Array, prevIndex: number, scriptSig: Uint8Array, sequence: number) {
    this.outpoint = outpoint
    this.prevIndex = prevIndex
    this.scriptSig = scriptSig
    this.sequence = sequence
  }

  get prevTxid(): Uint8Array {
    return this.outpoint.subarray(0, 32)
  }

  /** True for the outpoint that names no coin: zero id, index 2^32-1. Only a coinbase has it. */
  get isNull(): boolean {
    if (this.prevIndex !== 0xffffffff) return false
    for (let i = 0; i < 32; i++) if (this.outpoint[i] !== 0) return false
    return true
  }
}

/** One output. `value` is in sats: exact in the range of money, and out of it as i64AsNumber says. */
export interface TxOutput {
  readonly value: number
  readonly script: Uint8Array
}

/** A transaction over its serialized bytes; ids are computed when first asked for. */
export class Transaction {
  readonly raw: Uint8Array
  /** Unsigned. [BIP68] */
  readonly version: number
  readonly inputs: readonly TxInput[]
  readonly outputs: readonly TxOutput[]
  readonly lockTime: number
  readonly hasWitness: boolean
  /** Bytes without marker, flag and witnesses. [BIP144] */
  readonly strippedSize: number
  readonly #hasher: Hasher
  #txid: Uint8Array | undefined
  #wtxid: Uint8Array | undefined

  constructor(
    raw: Uint8Array,
    inputs: readonly TxInput[],
    outputs: readonly TxOutput[],
    witnessOffset: number,
    hasher: Hasher,
  ) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
    this.raw = raw
    this.version = view.getUint32(0, true)
    this.inputs = inputs
    this.outputs = outputs
    this.lockTime = view.getUint32(raw.length - 4, true)
    this.hasWitness = witnessOffset !== 0
    this.strippedSize = witnessOffset === 0 ? raw.length : witnessOffset + 2
    this.#hasher = hasher
  }

  get totalSize(): number {
    return this.raw.length
  }

  /** [BIP141 §Block size] */
  get weight(): number {
    return 3 * this.strippedSize + this.raw.length
  }

  /** Ceiling of a quarter of the weight, in virtual bytes. */
  get virtualSize(): number {
    return Math.ceil(this.weight / 4)
  }

  get txid(): Uint8Array {
    this.#txid ??= this.#hasher.hash256(this.strippedBytes())
    return this.#txid
  }

  /** Hash that covers the witnesses too. [BIP141 §Transaction ID] */
  get wtxid(): Uint8Array {
    this.#wtxid ??= this.hasWitness ? this.#hasher.hash256(this.raw) : this.txid
    return this.#wtxid
  }

  /** Exactly one input, and that names no coin. */
  get isCoinbase(): boolean {
    return this.inputs.length === 1 && this.inputs[0]!.isNull
  }

  /** The serialization without witnesses. */
  strippedBytes(): Uint8Array {
    if (!this.hasWitness) return this.raw
    const stripped = new Uint8Array(this.strippedSize)
    stripped.set(this.raw.subarray(0, 4))
    stripped.set(this.raw.subarray(6, this.strippedSize - 2), 4)
    stripped.set(this.raw.subarray(this.raw.length - 4), this.strippedSize - 4)
    return stripped
  }
}

/** Reads one transaction, with or without witnesses. Throws DecodeError. [BIP144; Core UnserializeTransaction] */
export function parseTransaction(reader: ByteReader, hasher: Hasher): Transaction {
  const start = reader.offset
  reader.skip(4)
  let inputs = parseInputs(reader)
  let outputs: TxOutput[] = []
  let flags = 0
  if (inputs.length === 0) {
    flags = reader.u8()
    if (flags !== 0) {
      inputs = parseInputs(reader)
      outputs = parseOutputs(reader)
    }
  } else {
    outputs = parseOutputs(reader)
  }
  let witnessOffset = 0
  if ((flags & 1) !== 0) {
    witnessOffset = reader.offset - start
    if (!parseWitnesses(reader, inputs)) throw new DecodeError('Superfluous witness record')
  }
  if (flags > 1) throw new DecodeError('Unknown transaction optional data')
  reader.skip(4)
  return new Transaction(reader.bytes.subarray(start, reader.offset), inputs, outputs, witnessOffset, hasher)
}

function parseInputs(reader: ByteReader): TxInput[] {
  const count = reader.count(INPUT_BYTES_MIN)
  const inputs = new Array<TxInput>(count)
  for (let i = 0; i < count; i++) {
    const outpointOffset = reader.offset
    reader.skip(32)
    const prevIndex = reader.u32()
    const outpoint = reader.bytes.subarray(outpointOffset, outpointOffset + 36)
    const scriptSig = reader.takeVariable()
    inputs[i] = new TxInput(outpoint, prevIndex, scriptSig, reader.u32())
  }
  return inputs
}

function parseOutputs(reader: ByteReader): TxOutput[] {
  const count = reader.count(OUTPUT_BYTES_MIN)
  const outputs = new Array<TxOutput>(count)
  for (let i = 0; i < count; i++) {
    const value = reader.i64AsNumber()
    outputs[i] = { value, script: reader.takeVariable() }
  }
  return outputs
}

/** Gives each input its witness; false when all are empty. */
function parseWitnesses(reader: ByteReader, inputs: readonly TxInput[]): boolean {
  let any = false
  for (const input of inputs) {
    const count = reader.count(1)
    if (count === 0) continue
    any = true
    const items = new Array<Uint8Array>(count)
    for (let i = 0; i < count; i++) items[i] = reader.takeVariable()
    input.witness = items
  }
  return any
}

/** The parts of a transaction that is about to be made. */
export interface TransactionParts {
  readonly version: number
  readonly inputs: readonly {
    readonly prevTxid: Uint8Array
    readonly prevIndex: number
    readonly scriptSig: Uint8Array
    readonly sequence: number
    readonly witness?: readonly Uint8Array[]
  }[]
  readonly outputs: readonly TxOutput[]
  readonly lockTime: number
}

/** Serializes a transaction, with marker, flag and witnesses only when some input has a witness. [BIP144] */
export function encodeTransaction(parts: TransactionParts): Uint8Array {
  const writer = new ByteWriter(256)
  const hasWitness = parts.inputs.some((input) => (input.witness?.length ?? 0) > 0)
  writer.u32(parts.version)
  if (hasWitness) writer.u8(0).u8(1)
  writer.compactSize(parts.inputs.length)
  for (const input of parts.inputs)
    writer.put(input.prevTxid).u32(input.prevIndex).putVariable(input.scriptSig).u32(input.sequence)
  writer.compactSize(parts.outputs.length)
  for (const output of parts.outputs) writer.i64FromNumber(output.value).putVariable(output.script)
  if (hasWitness)
    for (const { witness = NO_WITNESS } of parts.inputs) {
      writer.compactSize(witness.length)
      for (const item of witness) writer.putVariable(item)
    }
  return writer.u32(parts.lockTime).finish()
}
