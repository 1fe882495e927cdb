import { List, Map as PersistentMap } from 'immutable'
import type { Outpoint, Sats } from '../vocabulary/index.ts'
import { outpointKey, sats } from '../vocabulary/index.ts'
import type { Account } from './account.ts'
import type { JournalEntry, Posting } from './entry.ts'
import type { Coordinate, Quantum } from './quantum.ts'

/** What an account has received and given so far. */
export interface Turnover {
  readonly debits: Sats
  readonly credits: Sats
}

/** The open autonomous ledger (开放式自治账簿) of one branch; every change makes a new book. */
export interface Book {
  readonly journal: List<JournalEntry>
  readonly turnovers: PersistentMap<Account, Turnover>
  /** Every quantum that ever was, by coordinate. */
  readonly quanta: PersistentMap<Coordinate, Quantum>
  /** Unspent debits: output -> coordinate. Nowhere is it written that Bob has 200; it is the sum of these. */
  readonly unspent: PersistentMap<string, Coordinate>
  /** The newest quantum written at an output, spent or not. */
  readonly latest: PersistentMap<string, Coordinate>
  /** Which quanta a quantum was turned into. */
  readonly successors: PersistentMap<Coordinate, readonly Coordinate[]>
}

export const EMPTY_BOOK: Book = {
  journal: List(),
  turnovers: PersistentMap(),
  quanta: PersistentMap(),
  unspent: PersistentMap(),
  latest: PersistentMap(),
  successors: PersistentMap(),
}

const NOTHING: Turnover = { debits: sats(0n), credits: sats(0n) }

export function turnoverOf(book: Book, account: Account): Turnover {
  return book.turnovers.get(account, NOTHING)
}

/** Debits less credits: positive for an owner of unspent quanta, negative for the source `subsidy`. */
export function accountBalance(book: Book, account: Account): Sats {
  const { debits, credits } = turnoverOf(book, account)
  return sats(debits - credits)
}

/** The unspent quantum at an output; undefined when there never was one or it is spent. */
export function unspentAt(book: Book, outpoint: Outpoint): Quantum | undefined {
  const coordinate = book.unspent.get(outpointKey(outpoint))
  return coordinate === undefined ? undefined : book.quanta.get(coordinate)
}

/** The newest quantum at an output, spent or not. */
export function quantumAt(book: Book, outpoint: Outpoint): Quantum | undefined {
  const coordinate = book.latest.get(outpointKey(outpoint))
  return coordinate === undefined ? undefined : book.quanta.get(coordinate)
}

/** Writes one entry into the journal and the accounts. */
export function writeEntry(book: Book, entry: JournalEntry): Book {
  return {
    ...book,
    journal: book.journal.push(entry),
    turnovers: entry.postings.reduce(post, book.turnovers),
  }
}

function post(turnovers: Book['turnovers'], { account, side, amount }: Posting): Book['turnovers'] {
  return turnovers.update(account, NOTHING, ({ debits, credits }) =>
    side === 'debit'
      ? { debits: sats(debits + amount), credits }
      : { debits, credits: sats(credits + amount) },
  )
}

/** Takes spent quanta off the unspent debits and puts their successors on. */
export function replaceQuanta(book: Book, spent: readonly Quantum[], created: readonly Quantum[]): Book {
  const successors = created.map((quantum) => quantum.coordinate)
  return {
    ...book,
    quanta: book.quanta.merge(created.map((quantum) => [quantum.coordinate, quantum])),
    latest: book.latest.merge(created.map(located)),
    unspent: book.unspent
      .deleteAll(spent.map((quantum) => outpointKey(quantum.outpoint)))
      .merge(created.map(located)),
    successors: book.successors.merge(spent.map((quantum) => [quantum.coordinate, successors])),
  }
}

const located = (quantum: Quantum): [string, Coordinate] => [
  outpointKey(quantum.outpoint),
  quantum.coordinate,
]
