import { txid } from '../encoding/index.ts'
import { isUnspendable } from '../script/index.ts'
import type { Block, Outpoint, Output, Sats, Transaction } from '../vocabulary/index.ts'
import { outpointKey, sats, sumSats } from '../vocabulary/index.ts'
import { type Account, scriptAccount } from './account.ts'
import { type Book, EMPTY_BOOK, replaceQuanta, unspentAt, writeEntry } from './book.ts'
import { credit, debit, type JournalEntry, type Posting } from './entry.ts'
import { type Coordinate, coordinateOf, type Quantum } from './quantum.ts'

/** Why the book refuses a block: every reason is a breach of double entry, whatever the consensus says of it. */
export type PostingError =
  /** An input answers no earlier debit: there is no source, or it was answered before. */
  | { readonly kind: 'unanswered'; readonly txid: string; readonly outpoint: Outpoint }
  /** The outputs debit more than the inputs credit. */
  | { readonly kind: 'overdrawn'; readonly txid: string; readonly debits: Sats; readonly credits: Sats }

export type Posted =
  | { readonly ok: true; readonly book: Book }
  | { readonly ok: false; readonly error: PostingError }

interface Page {
  readonly height: number
  readonly time: number
}

/** Opens the book with block 0, whose outputs are no coins. `subsidy` is what the rules allow it to create. */
export function openBook(genesis: Block, subsidy: Sats): Book {
  const [coinbase] = genesis.transactions
  const claimed = sumSats(coinbase?.outputs.map((output) => output.value) ?? [])
  return writeEntry(EMPTY_BOOK, {
    id: coinbase ? txid(coinbase) : '',
    kind: 'genesis',
    height: 0,
    time: genesis.header.time,
    postings: [credit('subsidy', subsidy), debit('genesis', claimed), ...unclaimed(sats(subsidy - claimed))],
  })
}

/**
 * Posts a block, one entry per transaction, the coinbase last: only then is it known what fees it collects.
 * `subsidy` is what the rules allow at this height. Returns the book unchanged but for the new page, or the first error.
 */
export function postBlock(book: Book, block: Block, height: number, subsidy: Sats): Posted {
  const page: Page = { height, time: block.header.time }
  const [coinbase, ...payments] = block.transactions
  let fees = 0n
  for (const payment of payments) {
    const posted = postPayment(book, payment, page)
    if (!posted.ok) return posted
    fees += posted.fee
    book = posted.book
  }
  return coinbase ? postCoinbase(book, coinbase, page, subsidy, sats(fees)) : { ok: true, book }
}

function postPayment(
  book: Book,
  payment: Transaction,
  page: Page,
): { ok: true; book: Book; fee: Sats } | Extract<Posted, { ok: false }> {
  const id = txid(payment)
  const spent = new Map<string, Quantum>()
  for (const { outpoint } of payment.inputs) {
    const quantum = unspentAt(book, outpoint)
    if (!quantum || spent.has(quantum.coordinate)) {
      return { ok: false, error: { kind: 'unanswered', txid: id, outpoint } }
    }
    spent.set(quantum.coordinate, quantum)
  }
  const inputs = [...spent.values()]
  const credits = sumSats(inputs.map((quantum) => quantum.amount))
  const debits = sumSats(payment.outputs.map((output) => output.value))
  if (debits > credits) return { ok: false, error: { kind: 'overdrawn', txid: id, debits, credits } }

  const fee = sats(credits - debits)
  const entry: JournalEntry = {
    id,
    kind: 'payment',
    ...page,
    postings: [
      ...inputs.map((quantum) => credit(quantum.account, quantum.amount, quantum.outpoint)),
      ...debitOutputs(id, payment.outputs),
      ...(fee > 0n ? [debit('fees', fee)] : []),
    ],
  }
  const origins = inputs.map((quantum) => quantum.coordinate)
  return {
    ok: true,
    book: replaceQuanta(writeEntry(book, entry), inputs, quantaOf(id, payment, page, origins)),
    fee,
  }
}

function postCoinbase(book: Book, coinbase: Transaction, page: Page, subsidy: Sats, fees: Sats): Posted {
  const id = txid(coinbase)
  const claimed = sumSats(coinbase.outputs.map((output) => output.value))
  const allowed = sats(subsidy + fees)
  if (claimed > allowed) {
    return { ok: false, error: { kind: 'overdrawn', txid: id, debits: claimed, credits: allowed } }
  }
  const created = quantaOf(id, coinbase, page, [])
  const entry: JournalEntry = {
    id,
    kind: 'coinbase',
    ...page,
    postings: [
      credit('subsidy', subsidy),
      ...(fees > 0n ? [credit('fees', fees)] : []),
      ...debitOutputs(id, coinbase.outputs),
      ...unclaimed(sats(allowed - claimed)),
    ],
  }
  const written = writeEntry(overwrite(book, created, page), entry)
  return { ok: true, book: replaceQuanta(written, [], created) }
}

/** A coinbase of an id that exists and is unspent replaces the earlier coins for ever. [BIP30: blocks 91842 and 91880] */
function overwrite(book: Book, created: readonly Quantum[], page: Page): Book {
  const lost = created
    .map((quantum) => unspentAt(book, quantum.outpoint))
    .filter((quantum) => quantum !== undefined)
  if (lost[0] === undefined) return book
  return writeEntry(book, {
    id: lost[0].outpoint.txid,
    kind: 'overwrite',
    ...page,
    postings: lost.flatMap(({ account, amount, outpoint }) => [
      credit(account, amount, outpoint),
      debit('overwritten', amount, outpoint),
    ]),
  })
}

const unclaimed = (amount: Sats): Posting[] => (amount > 0n ? [debit('unclaimed', amount)] : [])

const accountOf = (output: Output): Account =>
  isUnspendable(output.script) ? 'unspendable' : scriptAccount(output.script)

const outpointAt = (id: string, index: number): Outpoint => ({ txid: id as Outpoint['txid'], index })

const debitOutputs = (id: string, outputs: readonly Output[]): Posting[] =>
  outputs.map((output, index) => debit(accountOf(output), output.value, outpointAt(id, index)))

/** The spendable outputs of a transaction as quanta. */
function quantaOf(
  id: string,
  transaction: Transaction,
  page: Page,
  origins: readonly Coordinate[],
): Quantum[] {
  return transaction.outputs.flatMap((output, index) => {
    const account = accountOf(output)
    if (account === 'unspendable') return []
    const outpoint = outpointAt(id, index)
    const coordinate = coordinateOf(outpoint, page.height, origins)
    return [{ coordinate, outpoint, account, amount: output.value, height: page.height, origins }]
  })
}

/** The error in one line, for people. */
export const describePostingError = (error: PostingError): string =>
  error.kind === 'unanswered'
    ? `transaction ${error.txid}: input ${outpointKey(error.outpoint)} answers no earlier debit`
    : `transaction ${error.txid}: debits ${error.debits} exceed credits ${error.credits}`
