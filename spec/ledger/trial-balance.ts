import type { Sats } from '../vocabulary/index.ts'
import { sats, sumSats } from '../vocabulary/index.ts'
import { type Account, isOwner } from './account.ts'
import { accountBalance, type Book, turnoverOf } from './book.ts'

/** One line per account, and the totals that must agree. Amounts in sats. */
export interface TrialBalance {
  readonly accounts: readonly { account: Account; debits: Sats; credits: Sats; balance: Sats }[]
  readonly debits: Sats
  readonly credits: Sats
  /** What the owners hold, summed over their accounts. */
  readonly unspent: Sats
}

/** Sums the whole book, account by account, in the order in which the accounts were opened. */
export function trialBalance(book: Book): TrialBalance {
  const accounts = [...book.turnovers].map(([account, turnover]) => ({
    account,
    ...turnover,
    balance: accountBalance(book, account),
  }))
  return {
    accounts,
    debits: sumSats(accounts.map((line) => line.debits)),
    credits: sumSats(accounts.map((line) => line.credits)),
    unspent: sumSats(accounts.filter((line) => isOwner(line.account)).map((line) => line.balance)),
  }
}

/** The invariants of the whole book, each by name; all MUST hold after every block. */
export const bookInvariants: Readonly<Record<string, (book: Book) => boolean>> = {
  /** Debits equal credits over the whole book. */
  debitsEqualCredits: (book) => {
    const { debits, credits } = trialBalance(book)
    return debits === credits
  },
  /** unspent = subsidy allowed − unclaimed − genesis − overwritten − unspendable. */
  unspentIsWhatWasIssued: (book) => {
    const lost = (['unclaimed', 'genesis', 'overwritten', 'unspendable'] as const).map((account) =>
      accountBalance(book, account),
    )
    return trialBalance(book).unspent === sats(turnoverOf(book, 'subsidy').credits - sumSats(lost))
  },
  /** The accounts of owners and the unspent quanta are two countings of the same thing. */
  unspentQuantaAreTheBalances: (book) =>
    sumSats(
      [...book.unspent.values()].map((coordinate) => book.quanta.get(coordinate)?.amount ?? sats(-1n)),
    ) === trialBalance(book).unspent,
  /** Fees pass through: every block's coinbase takes or forgoes them. */
  feesAreSettled: (book) => accountBalance(book, 'fees') === 0n,
  /** No account of an owner is ever overdrawn. */
  noOwnerOwes: (book) =>
    trialBalance(book).accounts.every((line) => !isOwner(line.account) || line.balance >= 0n),
}
