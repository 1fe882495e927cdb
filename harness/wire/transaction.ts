import {
  compactSize,
  concatBytes,
  counted,
  countedList,
  doubleSha256,
  littleEndian,
  uint32,
} from './bytes.ts'

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

/** Reads a whole transaction, with or without witnesses; undefined when the bytes are anything else. */
export function parseTransaction(bytes: Uint8Array): RawTransaction | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  const skip = (length: number) => {
    at += length
    return at - length
  }
  const number = (width: 1 | 2 | 4) => {
    const offset = skip(width)
    if (width === 1) return view.getUint8(offset)
    return width === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true)
  }
  const count = () => {
    const first = number(1)
    if (first < 0xfd) return first
    if (first === 0xff) throw new RangeError('longer than any transaction')
    return number(first === 0xfd ? 2 : 4)
  }
  const blob = (length: number) => {
    if (at + length > bytes.length) throw new RangeError('truncated')
    return bytes.slice(at, skip(length) + length)
  }
  const list = <T>(read: () => T): T[] => {
    const length = count()
    if (length > bytes.length) throw new RangeError('truncated')
    return Array.from({ length }, read)
  }
  try {
    const version = number(4)
    const segwit = bytes[4] === 0
    if (segwit) skip(2)
    const bare = list(() => ({
      txid: blob(32),
      index: number(4),
      scriptSig: blob(count()),
      sequence: number(4),
    }))
    const outputs = list(() => ({ value: view.getBigInt64(skip(8), true), script: blob(count()) }))
    const inputs = bare.map((input) => ({ ...input, witness: segwit ? list(() => blob(count())) : [] }))
    const transaction = { version, inputs, outputs, lockTime: number(4) }
    return at === bytes.length ? transaction : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
