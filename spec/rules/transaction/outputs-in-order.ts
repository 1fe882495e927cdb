import type { Sats, Transaction } from '../../vocabulary/index.ts'
import { sats } from '../../vocabulary/index.ts'

/** One output's value, and the sum of the transaction's outputs up to and including it. */
export interface OutputInOrder {
  readonly value: Sats
  readonly totalSoFar: Sats
}

/** The outputs of a transaction with their running total. */
export function* outputsInOrder(transaction: Transaction): Generator<OutputInOrder, void> {
  let total = 0n
  for (const { value } of transaction.outputs) {
    total += value
    yield { value, totalSoFar: sats(total) }
  }
}
