import { sha256 } from '@noble/hashes/sha2.js'
import {
  concatBytes,
  counted,
  doubleSha256,
  littleEndian,
  outpointBytes,
  outputBytes,
  type RawOutput,
  type RawTransaction,
  strippedBytes,
  taggedHash,
  uint32,
} from '../../wire/index.ts'
import { ScenarioError } from '../error.ts'

const NONE = 2
const SINGLE = 3
const ANYONE_CAN_PAY = 0x80
const NO_SEPARATOR = 0xffffffff

/** `ALL|ANYONECANPAY` and its like as the byte that ends a signature. */
export function hashTypeByte(words: string): number {
  const [base, modifier] = words.split('|')
  const value = { DEFAULT: 0, ALL: 1, NONE, SINGLE }[base as 'DEFAULT' | 'ALL' | 'NONE' | 'SINGLE']
  return modifier === undefined ? value : value | ANYONE_CAN_PAY
}

/** What an ECDSA signature in a script before segwit signs. [Core interpreter.cpp SignatureHash, SigVersion::BASE] */
export function legacySighash(
  transaction: RawTransaction,
  index: number,
  scriptCode: Uint8Array,
  hashType: number,
): Uint8Array {
  const base = hashType & 0x1f
  if (base === SINGLE && index >= transaction.outputs.length) return littleEndian(1, 32)
  const inputs = transaction.inputs.map((input, position) => ({
    ...input,
    scriptSig: position === index ? scriptCode : new Uint8Array(),
    sequence: position !== index && (base === NONE || base === SINGLE) ? 0 : input.sequence,
    witness: [],
  }))
  const outputs =
    base === NONE
      ? []
      : base === SINGLE
        ? transaction.outputs
            .slice(0, index + 1)
            .map((output, position) => (position === index ? output : BLANK_OUTPUT))
        : transaction.outputs
  const signed = {
    ...transaction,
    inputs: hashType & ANYONE_CAN_PAY ? [inputs[index]!] : inputs,
    outputs,
  }
  return doubleSha256(concatBytes(strippedBytes(signed), uint32(hashType)))
}

/** What an ECDSA signature in a version 0 witness program signs. [BIP143] */
export function witnessSighash(
  transaction: RawTransaction,
  index: number,
  scriptCode: Uint8Array,
  value: bigint,
  hashType: number,
): Uint8Array {
  const base = hashType & 0x1f
  const anyone = (hashType & ANYONE_CAN_PAY) !== 0
  const input = transaction.inputs[index]!
  const output = transaction.outputs[index]
  const outputs =
    base === SINGLE
      ? output && outputBytes(output)
      : base === NONE
        ? undefined
        : concatBytes(...transaction.outputs.map(outputBytes))
  return doubleSha256(
    concatBytes(
      uint32(transaction.version),
      anyone ? ZERO : doubleSha256(concatBytes(...transaction.inputs.map(outpointBytes))),
      anyone || base === SINGLE || base === NONE ? ZERO : doubleSha256(sequences(transaction)),
      outpointBytes(input),
      counted(scriptCode),
      littleEndian(value, 8),
      uint32(input.sequence),
      outputs === undefined ? ZERO : doubleSha256(outputs),
      uint32(transaction.lockTime),
      uint32(hashType),
    ),
  )
}

/**
 * What a Schnorr signature signs; with a leaf hash in a script path, without in the key path. `separator`: position of the
 * last OP_CODESEPARATOR that was executed. [BIP341, BIP342]
 */
export function taprootSighash(
  transaction: RawTransaction,
  index: number,
  spent: readonly RawOutput[],
  hashType: number,
  leafHash?: Uint8Array,
  { separator = NO_SEPARATOR, annex }: { readonly separator?: number; readonly annex?: Uint8Array } = {},
): Uint8Array {
  const base = hashType & 3
  const anyone = (hashType & ANYONE_CAN_PAY) !== 0
  const input = transaction.inputs[index]!
  const shared = anyone
    ? []
    : [
        sha256(concatBytes(...transaction.inputs.map(outpointBytes))),
        sha256(concatBytes(...spent.map((output) => littleEndian(output.value, 8)))),
        sha256(concatBytes(...spent.map((output) => counted(output.script)))),
        sha256(sequences(transaction)),
      ]
  const own = anyone
    ? [outpointBytes(input), outputBytes(spent[index]!), uint32(input.sequence)]
    : [uint32(index)]
  return taggedHash(
    'TapSighash',
    Uint8Array.of(0, hashType),
    uint32(transaction.version),
    uint32(transaction.lockTime),
    ...shared,
    ...(base === NONE || base === SINGLE
      ? []
      : [sha256(concatBytes(...transaction.outputs.map(outputBytes)))]),
    Uint8Array.of((leafHash === undefined ? 0 : 2) | (annex === undefined ? 0 : 1)),
    ...own,
    ...(annex === undefined ? [] : [sha256(counted(annex))]),
    ...(base === SINGLE ? [sha256(outputBytes(singleOutput(transaction, index)))] : []),
    ...(leafHash === undefined ? [] : [leafHash, Uint8Array.of(0), uint32(separator)]),
  )
}

const ZERO = new Uint8Array(32)
const BLANK_OUTPUT: RawOutput = { value: -1n, script: new Uint8Array() }

function sequences(transaction: RawTransaction): Uint8Array {
  return concatBytes(...transaction.inputs.map((input) => uint32(input.sequence)))
}

function singleOutput(transaction: RawTransaction, index: number): RawOutput {
  const output = transaction.outputs[index]
  if (output === undefined) throw new ScenarioError('', `SINGLE in taproot needs an output ${index} [BIP341]`)
  return output
}
