import { displayHash, parseTransaction } from '../wire/index.ts'
import type { CompiledItem, CompiledTransaction } from './compiled.ts'

/** What the watchers read off a transaction's bytes. */
export interface TransactionFacts {
  readonly txid: string
  readonly version: number
  readonly lockTime: number
  readonly inputs: readonly { readonly outpoint: string; readonly sequence: number }[]
  readonly outputs: readonly { readonly value: bigint; readonly isSpendable: boolean }[]
}

const SEQUENCE_FINAL = 0xffffffff
const LOCK_TIME_THRESHOLD = 500_000_000
const MAX_SCRIPT_BYTES = 10_000
const OP_RETURN = 0x6a

const known = new WeakMap<CompiledTransaction, TransactionFacts | undefined>()

/** Undefined when the bytes are no transaction. */
export function factsOf(transaction: CompiledTransaction): TransactionFacts | undefined {
  if (!known.has(transaction)) known.set(transaction, readFacts(transaction))
  return known.get(transaction)
}

/** The unconfirmed transaction, or the transactions of the block after its coinbase. */
export function transactionsIn(item: CompiledItem): TransactionFacts[] {
  const transactions = item.kind === 'transaction' ? [item] : item.transactions
  return transactions.map(factsOf).filter((facts) => facts !== undefined)
}

/** How far an absolute lock is from opening: 0 or less when it is final in a block of this height and median time. */
export function lockDistance(
  facts: TransactionFacts,
  height: number,
  medianTime: number,
): number | undefined {
  if (facts.lockTime === 0 || facts.inputs.every((input) => input.sequence === SEQUENCE_FINAL))
    return undefined
  const now = facts.lockTime < LOCK_TIME_THRESHOLD ? height : medianTime
  return facts.lockTime - now + 1
}

/** Whether the absolute lock counts seconds rather than blocks. */
export const isTimeLock = (facts: TransactionFacts) => facts.lockTime >= LOCK_TIME_THRESHOLD

function readFacts(transaction: CompiledTransaction): TransactionFacts | undefined {
  const raw = parseTransaction(transaction.bytes)
  if (raw === undefined) return undefined
  return {
    txid: transaction.hash,
    version: raw.version,
    lockTime: raw.lockTime,
    inputs: raw.inputs.map((input) => ({
      outpoint: `${displayHash(input.txid)}:${input.index}`,
      sequence: input.sequence,
    })),
    outputs: raw.outputs.map(({ value, script }) => ({
      value,
      isSpendable: script[0] !== OP_RETURN && script.length <= MAX_SCRIPT_BYTES,
    })),
  }
}
