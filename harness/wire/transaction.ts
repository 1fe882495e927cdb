import {
  compactSize,
  concatBytes,
  counted,
  countedList,
  doubleSha256,
  littleEndian,
  uint32,
} from './bytes.ts'
import { type ByteReader, readWhole } from './reader.ts'

export interface RawInput {
  /** As serialized. */
  readonly txid: Uint8Array
  readonly index: number
  readonly sequence: number
  readonly scriptSig: Uint8Array
  readonly witness: readonly Uint8Array[]
}

export interface RawOutput {
  readonly value: bigint
  readonly script: Uint8Array
}

/** A transaction as it will be serialized, right or wrong. */
export interface RawTransaction {
  readonly version: number
  readonly inputs: readonly RawInput[]
  readonly outputs: readonly RawOutput[]
  readonly lockTime: number
}

export function hasWitness(transaction: RawTransaction): boolean {
  return transaction.inputs.some((input) => input.witness.length > 0)
}

export function outpointBytes(input: RawInput): Uint8Array {
  return concatBytes(input.txid, uint32(input.index))
}

export function outputBytes(output: RawOutput): Uint8Array {
  return concatBytes(littleEndian(output.value, 8), counted(output.script))
}

/** Without witnesses: what the transaction id is the hash of. */
export function strippedBytes(transaction: RawTransaction): Uint8Array {
  return concatBytes(
    uint32(transaction.version),
    countedList(transaction.inputs.map(inputBytes)),
    countedList(transaction.outputs.map(outputBytes)),
    uint32(transaction.lockTime),
  )
}

/** As it travels: with witnesses where there are any. [BIP144] */
export function transactionBytes(transaction: RawTransaction): Uint8Array {
  if (!hasWitness(transaction)) return strippedBytes(transaction)
  return concatBytes(
    uint32(transaction.version),
    Uint8Array.of(0, 1),
    countedList(transaction.inputs.map(inputBytes)),
    countedList(transaction.outputs.map(outputBytes)),
    ...transaction.inputs.map((input) =>
      concatBytes(compactSize(input.witness.length), ...input.witness.map(counted)),
    ),
    uint32(transaction.lockTime),
  )
}

/** Serialized order. */
export function transactionId(transaction: RawTransaction): Uint8Array {
  return doubleSha256(strippedBytes(transaction))
}

function inputBytes(input: RawInput): Uint8Array {
  return concatBytes(outpointBytes(input), counted(input.scriptSig), uint32(input.sequence))
}

/** The smallest input: outpoint, an empty script, sequence; the smallest output: value, an empty script. */
const INPUT_BYTES_MIN = 41
const OUTPUT_BYTES_MIN = 9

/** Takes a transaction apart, with witnesses where the marker says so. @throws RangeError when it ends too early */
export function readTransaction(reader: ByteReader): RawTransaction {
  const version = reader.uint32()
  const isMarked = reader.peek(0) === 0 && reader.peek(1) === 1
  if (isMarked) reader.skip(2)
  const bare = reader.list(INPUT_BYTES_MIN, () => ({
    txid: reader.take(32),
    index: reader.uint32(),
    scriptSig: reader.counted(),
    sequence: reader.uint32(),
  }))
  const outputs = reader.list(OUTPUT_BYTES_MIN, () => readOutput(reader))
  const inputs = bare.map((input) => ({
    ...input,
    witness: isMarked ? reader.list(1, () => reader.counted()) : [],
  }))
  return { version, inputs, outputs, lockTime: reader.uint32() }
}

/** Takes a serialized output apart. @throws RangeError when it ends too early */
export function readOutput(reader: ByteReader): RawOutput {
  return { value: reader.int64(), script: reader.counted() }
}

/** A whole transaction, with or without witnesses; undefined when the bytes are anything else. */
export function parseTransaction(bytes: Uint8Array): RawTransaction | undefined {
  return readWhole(bytes, readTransaction)
}
