import type { Hash, Input, Outpoint, Output, Sats, Transaction } from '../vocabulary/index.ts'
import { hasWitness } from '../vocabulary/index.ts'
import type { Decoded, Format, Sink, Source } from './format.ts'
import { decodeAll, encodeAll } from './format.ts'
import { hashFormat, hashOfBytes, sha256d } from './hashes.ts'
import { int64, listOf, struct, uint8, uint32, varBytes } from './primitives.ts'

const WITNESS_FLAG = 1

/** An outpoint as an input carries it: 36 bytes. */
export const outpointFormat: Format<Outpoint> = struct<Outpoint>({ txid: hashFormat, index: uint32 })

/** An output: value and script. */
export const outputFormat: Format<Output> = struct<Output>({ value: int64 as Format<Sats>, script: varBytes })

const strippedInput = struct<Omit<Input, 'witness'>>({
  outpoint: outpointFormat,
  scriptSig: varBytes,
  sequence: uint32,
})
const strippedInputs = listOf(strippedInput)
const outputs = listOf(outputFormat)
const witnessItems = listOf(varBytes)

/**
 * A transaction with its witness, marked by an empty input list and a flag; the mark MUST be there exactly
 * when some input has witness items. [BIP144 §Serialization]
 */
export const transactionFormat: Format<Transaction> = { read: readTransaction, write: writeTransaction }

/** Reads one transaction from all of the bytes. */
export const decodeTransaction = (bytes: Uint8Array): Decoded<Transaction> =>
  decodeAll(transactionFormat, bytes)

/** The transaction's bytes as they travel, with witness when it has one. */
export const encodeTransaction = (transaction: Transaction): Uint8Array =>
  encodeAll(transactionFormat, transaction)

/** The transaction's bytes with its witness left out: what its id commits to. */
export const encodeStripped = (transaction: Transaction): Uint8Array =>
  encodeAll({ read: readTransaction, write: writeStripped }, transaction)

/** The id by which outpoints name a transaction; the witness does not change it. */
export const txid: (transaction: Transaction) => Hash = remember((transaction) =>
  hashOfBytes(sha256d(encodeStripped(transaction))),
)

/** The id that also commits to the witness. [BIP141 §Transaction ID] */
export const wtxid: (transaction: Transaction) => Hash = remember((transaction) =>
  hasWitness(transaction) ? hashOfBytes(sha256d(encodeTransaction(transaction))) : txid(transaction),
)

function readTransaction(source: Source): Transaction {
  const version = uint32.read(source)
  let stripped = strippedInputs.read(source)
  let flag = 0
  let outs: readonly Output[] = []
  if (stripped.length > 0) outs = outputs.read(source)
  else flag = uint8.read(source)
  if (flag !== 0) {
    stripped = strippedInputs.read(source)
    outs = outputs.read(source)
  }
  const inputs = stripped.map((input) => ({
    ...input,
    witness: flag & WITNESS_FLAG ? witnessItems.read(source) : [],
  }))
  if (flag & WITNESS_FLAG && inputs.every((input) => input.witness.length === 0))
    source.fail('superfluous witness record')
  if (flag & ~WITNESS_FLAG) source.fail('unknown transaction optional data')
  return { version, inputs, outputs: outs, lockTime: uint32.read(source) }
}

function writeTransaction(transaction: Transaction, sink: Sink): void {
  if (hasWitness(transaction)) writeWithWitness(transaction, sink)
  else writeStripped(transaction, sink)
}

function writeWithWitness(transaction: Transaction, sink: Sink): void {
  uint32.write(transaction.version, sink)
  uint8.write(0, sink)
  uint8.write(WITNESS_FLAG, sink)
  strippedInputs.write(transaction.inputs, sink)
  outputs.write(transaction.outputs, sink)
  for (const input of transaction.inputs) witnessItems.write(input.witness, sink)
  uint32.write(transaction.lockTime, sink)
}

function writeStripped(transaction: Transaction, sink: Sink): void {
  uint32.write(transaction.version, sink)
  strippedInputs.write(transaction.inputs, sink)
  outputs.write(transaction.outputs, sink)
  uint32.write(transaction.lockTime, sink)
}

/** A pure function of an immutable transaction, computed once for each. */
function remember<Value>(compute: (transaction: Transaction) => Value): (transaction: Transaction) => Value {
  const known = new WeakMap<Transaction, Value>()
  return (transaction) => {
    const before = known.get(transaction)
    if (before !== undefined) return before
    const value = compute(transaction)
    known.set(transaction, value)
    return value
  }
}
