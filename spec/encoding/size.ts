import type { Block, Transaction } from '../vocabulary/index.ts'
import { encodeStripped, encodeTransaction } from './transaction.ts'

/** How much more a byte weighs outside the witness than in it. [Core WITNESS_SCALE_FACTOR] */
export const WITNESS_SCALE_FACTOR = 4

/** Bytes of a transaction without its witness. */
export const strippedSize = (transaction: Transaction): number => encodeStripped(transaction).length

/** Weight units: bytes without witness three times, plus all bytes once. [BIP141 §Block size] */
export function transactionWeight(transaction: Transaction): number {
  const stripped = strippedSize(transaction)
  return stripped * (WITNESS_SCALE_FACTOR - 1) + encodeTransaction(transaction).length
}

/** Bytes of a block without any witness. */
export function strippedBlockSize(block: Block): number {
  return sum(block.transactions.map(strippedSize)) + overhead(block)
}

/** Weight units of a whole block, header and count included. [Core GetBlockWeight] */
export function blockWeight(block: Block): number {
  return sum(block.transactions.map(transactionWeight)) + WITNESS_SCALE_FACTOR * overhead(block)
}

const HEADER_BYTES = 80

function overhead(block: Block): number {
  return HEADER_BYTES + compactSizeLength(block.transactions.length)
}

function compactSizeLength(value: number): number {
  if (value < 0xfd) return 1
  return value <= 0xffff ? 3 : 5
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
