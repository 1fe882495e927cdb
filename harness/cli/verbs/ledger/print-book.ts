import type { Book, TrialBalance } from '../../../../spec/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { ActiveChain } from './active-chain.ts'
import { ownerText } from './owners.ts'

/** Each entry with its postings, debits on the left as bookkeepers write them. */
export function printJournal(terminal: Terminal, book: Book, data: ActiveChain): void {
  for (const entry of book.journal) {
    terminal.line(`height ${entry.height}  ${entry.kind}  ${data.names.get(entry.id) ?? entry.id}`)
    for (const { side, account, amount } of entry.postings)
      terminal.line(
        `  ${side === 'debit' ? 'debit  借' : '    credit 贷'} ${String(amount).padStart(16)}  ${ownerText(account, data)}`,
      )
  }
}

/** One line per account, and the totals that must agree. */
export function printTrialBalance(
  terminal: Terminal,
  { accounts, debits, credits, unspent }: TrialBalance,
  data: ActiveChain,
): void {
  terminal.line(`\ntrial balance of ${data.chain.name} at height ${data.blocks.length}, in sats`)
  terminal.line(row('debits', 'credits', 'balance', 'account'))
  for (const line of accounts)
    terminal.line(
      row(String(line.debits), String(line.credits), String(line.balance), ownerText(line.account, data)),
    )
  terminal.line(row(String(debits), String(credits), String(debits - credits), 'total'))
  terminal.line(`unspent ${unspent}`)
}

function row(debits: string, credits: string, balance: string, account: string): string {
  return `${debits.padStart(18)} ${credits.padStart(18)} ${balance.padStart(18)}  ${account}`
}
