import type { RunRecord } from '../../../reports/index.ts'
import { type CompiledItem, type CompiledTransaction, factsOf, type Lock } from '../../scenario/index.ts'

type TransactionRecord = Extract<RunRecord, { type: 'transaction' }>
export type OutputEntry = TransactionRecord['outputs'][number]

/** A transaction as a bookkeeper writes it: the coins that it spends by name, the coins that it creates. */
export function journalEntry(
  transaction: CompiledTransaction,
  items: Iterable<CompiledItem>,
): Pick<TransactionRecord, 'spends' | 'outputs'> {
  const spends = (factsOf(transaction)?.inputs ?? []).map(({ outpoint }) => coinName(outpoint, items))
  return { spends, outputs: outputEntries(transaction) }
}

/** What a transaction creates: who may spend each output, and its value. */
export function outputEntries(transaction: CompiledTransaction): OutputEntry[] {
  return transaction.outputs.map(({ value, lock }) => ({ to: ownerOf(lock), value: value.toString() }))
}

/** `b1:0` for the first output of the coinbase of b1; a coin that no item makes keeps the end of its hash. */
function coinName(outpoint: string, items: Iterable<CompiledItem>): string {
  const [txid, index] = outpoint.split(':') as [string, string]
  for (const item of items) {
    const maker = item.kind === 'block' ? item.coinbase : item
    if (maker.hash === txid) return `${item.name}:${index}`
  }
  return `${txid.slice(-8)}:${index}`
}

/** The owner of a lock, in a few words. */
function ownerOf(lock: Lock): string {
  if (typeof lock === 'string') return lock
  if ('key' in lock) return lock.key
  if ('multisig' in lock) return `${lock.multisig.need} of ${lock.multisig.keys.join(', ')}`
  if ('opReturn' in lock) return 'data'
  return 'script' in lock ? 'a script' : 'raw bytes'
}
