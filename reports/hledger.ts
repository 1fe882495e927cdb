/** One entry of the book, as the journal of hledger wants it. Amounts in sats, time in Unix seconds. */
export interface BookEntry {
  readonly id: string
  readonly kind: string
  readonly height: number
  readonly time: number
  readonly postings: readonly { side: 'debit' | 'credit'; account: string; amount: bigint }[]
}

/**
 * The book as a journal that hledger, an independent double-entry auditor, can check: `hledger check --strict -f -`.
 * A debit is positive. The last transaction moves nothing and asserts every account's balance, so that the auditor
 * compares its own sums with ours. [hledger manual: journal format, balance assertions]
 */
export function renderHledger(
  entries: Iterable<BookEntry>,
  balances: readonly { account: string; balance: bigint }[],
): string {
  const lines = ['commodity 1. sat', '']
  for (const { account } of balances) lines.push(`account ${account}`)
  let lastDay = '1970-01-01'
  for (const { id, kind, height, time, postings } of entries) {
    // Block times may go back a little; a journal is read by date, so a day never precedes the one before it.
    const day = new Date(time * 1000).toISOString().slice(0, 10)
    if (day > lastDay) lastDay = day
    lines.push('', `${lastDay} ${kind} ${id}  ; height ${height}`)
    for (const { side, account, amount } of postings)
      lines.push(posting(account, side === 'debit' ? amount : -amount))
  }
  lines.push('', `${lastDay} trial balance`)
  for (const { account, balance } of balances) lines.push(`${posting(account, 0n)} = ${balance} sat`)
  return `${lines.join('\n')}\n`
}

const posting = (account: string, amount: bigint): string => `    ${account}  ${amount} sat`
