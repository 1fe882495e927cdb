import type { Outpoint, Sats } from '../vocabulary/index.ts'
import { sumSats } from '../vocabulary/index.ts'
import type { Account } from './account.ts'

/** One line of an entry: a debit (借) receives, a credit (贷) gives; `outpoint` is the output it writes or answers. */
export interface Posting {
  readonly side: 'debit' | 'credit'
  readonly account: Account
  readonly amount: Sats
  readonly outpoint?: Outpoint
}

/** One event of the book, all of its postings together. `id` is the transaction's; two kinds may share one. */
export interface JournalEntry {
  readonly id: string
  readonly kind: 'genesis' | 'coinbase' | 'payment' | 'overwrite'
  readonly height: number
  /** The block's own time, Unix seconds. */
  readonly time: number
  readonly postings: readonly Posting[]
}

export const debit = (account: Account, amount: Sats, outpoint?: Outpoint): Posting => ({
  side: 'debit',
  account,
  amount,
  ...(outpoint && { outpoint }),
})

export const credit = (account: Account, amount: Sats, outpoint?: Outpoint): Posting => ({
  side: 'credit',
  account,
  amount,
  ...(outpoint && { outpoint }),
})

/** What one side of some postings adds up to. */
function total(postings: readonly Posting[], side: Posting['side']): Sats {
  return sumSats(postings.filter((posting) => posting.side === side).map((posting) => posting.amount))
}

/** Debits MUST equal credits on every entry (有借必有贷，借贷必相等). [the paper §1.1; double-entry bookkeeping] */
export function isBalanced(entry: JournalEntry): boolean {
  return total(entry.postings, 'debit') === total(entry.postings, 'credit')
}
