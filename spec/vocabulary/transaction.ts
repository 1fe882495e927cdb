import type { Hash } from './hash.ts'
import { NULL_HASH } from './hash.ts'
import type { Height } from './height.ts'
import type { Sats } from './sats.ts'

/** Names one output of one transaction. */
export interface Outpoint {
  readonly txid: Hash
  readonly index: number
}

/** Spends the output at `outpoint`. Sequence is an unsigned 32-bit number. */
export interface Input {
  readonly outpoint: Outpoint
  readonly scriptSig: Uint8Array
  readonly sequence: number
  readonly witness: readonly Uint8Array[]
}

/** Pays `value` to anyone who satisfies `script`. */
export interface Output {
  readonly value: Sats
  readonly script: Uint8Array
}

/** Version and lock time are unsigned 32-bit numbers. [Core CTransaction] */
export interface Transaction {
  readonly version: number
  readonly inputs: readonly Input[]
  readonly outputs: readonly Output[]
  readonly lockTime: number
}

/** An unspent output, with what a rule must know of its creation. */
export interface Coin {
  readonly output: Output
  readonly height: Height
  readonly isCoinbase: boolean
}

/** The index that goes with the null hash in an input that spends nothing. */
export const NULL_INDEX = 0xffffffff

/** Whether an outpoint names no output at all. [Core COutPoint::IsNull] */
export function isNullOutpoint(outpoint: Outpoint): boolean {
  return outpoint.txid === NULL_HASH && outpoint.index === NULL_INDEX
}

/** Whether a transaction creates money: one input that spends nothing. [Core CTransaction::IsCoinBase] */
export function isCoinbase(transaction: Transaction): boolean {
  const [only, second] = transaction.inputs
  return only !== undefined && second === undefined && isNullOutpoint(only.outpoint)
}

/** Whether any input carries witness items. [Core CTransaction::HasWitness] */
export function hasWitness(transaction: Transaction): boolean {
  return transaction.inputs.some((input) => input.witness.length > 0)
}

/** An outpoint as a key of maps: `txid:index`. */
export function outpointKey(outpoint: Outpoint): string {
  return `${outpoint.txid}:${outpoint.index}`
}
