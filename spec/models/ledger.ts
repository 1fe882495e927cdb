import {
  type DefinedModule,
  defineModule,
  mapOf,
  oneOf,
  range,
  sequenceOf,
  subsetOf,
} from '../language/index.ts'

interface Constants {
  /** Entries of the journal at most. */
  readonly entries: number
  /** Entries that are there at first and are never taken back, as those of genesis. */
  readonly opening: readonly EntryName[]
  /** What is left out of the rules, so that it can be seen to matter. */
  readonly flaw: 'none' | 'no-conflict-check' | 'undo-forgets-inputs' | 'fee-unposted'
}

/** A book: what was posted, and what it comes to. */
export interface Book {
  /** What was posted, in order: the best chain as a journal. */
  readonly journal: readonly EntryName[]
  /** Running balance of each account: debits less credits. */
  readonly balances: Readonly<Record<Account, number>>
  /** Coins that are not spent, kept up entry by entry. */
  readonly unspent: readonly Coin[]
}

export type EntryName = 'mintA' | 'mintB' | 'pay' | 'cheat' | 'settle'
type Coin = 'a' | 'b' | 'paid' | 'change' | 'back' | 'settled'
type Account = 'issue' | 'miner' | 'merchant' | 'payer' | 'fees'

interface Posting {
  readonly coin: Coin
  readonly account: Account
  readonly amount: number
}

/** An entry credits the coins that it takes and debits the coins that it makes; what is left over is a fee. */
interface Entry {
  readonly takes: readonly Coin[]
  readonly makes: readonly Posting[]
  /** New money, credited to the account of issue. */
  readonly issues: number
  readonly fee: number
}

const ENTRIES: Readonly<Record<EntryName, Entry>> = {
  mintA: { takes: [], makes: [{ coin: 'a', account: 'payer', amount: 5 }], issues: 5, fee: 0 },
  mintB: { takes: [], makes: [{ coin: 'b', account: 'miner', amount: 5 }], issues: 5, fee: 0 },
  pay: {
    takes: ['a'],
    makes: [
      { coin: 'paid', account: 'merchant', amount: 3 },
      { coin: 'change', account: 'payer', amount: 1 },
    ],
    issues: 0,
    fee: 1,
  },
  // Spends the coin of `pay` once more, back to its owner.
  cheat: { takes: ['a'], makes: [{ coin: 'back', account: 'payer', amount: 5 }], issues: 0, fee: 0 },
  settle: { takes: ['paid'], makes: [{ coin: 'settled', account: 'miner', amount: 3 }], issues: 0, fee: 0 },
}

const NAMES = Object.keys(ENTRIES) as readonly EntryName[]
const ACCOUNTS = ['issue', 'miner', 'merchant', 'payer', 'fees'] as const
const COINS = ['a', 'b', 'paid', 'change', 'back', 'settled'] as const
const MADE = new Map(NAMES.flatMap((name) => ENTRIES[name].makes.map((posting) => [posting.coin, posting])))
const NOTHING: Readonly<Record<Account, number>> = { issue: 0, miner: 0, merchant: 0, payer: 0, fees: 0 }
const LIMIT = 20

/**
 * The chain as a book kept by double entry. Blocks are posted and, when the best chain changes, taken back; the running
 * book must at all times be what the journal says, as if nothing had ever been taken back.
 */
export const ledger: DefinedModule<Constants, Book> = defineModule<Constants, Book>({
  name: 'Ledger',
  constants: { entries: 4, opening: [], flaw: 'none' },
  presets: {
    tiny: { entries: 2 },
    'flaw: no-conflict-check': { flaw: 'no-conflict-check' },
    'flaw: undo-forgets-inputs': { flaw: 'undo-forgets-inputs' },
    'flaw: fee-unposted': { flaw: 'fee-unposted' },
  },
  variables: ({ entries }) => ({
    journal: sequenceOf(oneOf(NAMES), entries),
    balances: mapOf(ACCOUNTS, range(-LIMIT, LIMIT)),
    unspent: subsetOf(COINS),
  }),
  init: ({ opening }) => [bookOf(opening)],
  actions: ({ entries, opening, flaw }, action) => ({
    Post: action({
      choose: { name: oneOf(NAMES) },
      guard: {
        isNew: ({ journal }, { name }) => !journal.includes(name),
        hasRoom: ({ journal }) => journal.length < entries,
        spendsWhatIsThere: ({ unspent, journal }, { name }) =>
          flaw === 'no-conflict-check'
            ? ENTRIES[name].takes.every((coin) => journal.some((before) => makes(before, coin)))
            : ENTRIES[name].takes.every((coin) => unspent.includes(coin)),
      },
      next: ({ journal, balances, unspent }, { name }) => ({
        journal: [...journal, name],
        balances: posted(balances, ENTRIES[name], 1, flaw),
        unspent: [
          ...unspent.filter((coin) => !ENTRIES[name].takes.includes(coin)),
          ...ENTRIES[name].makes.map(({ coin }) => coin),
        ],
      }),
    }),
    TakeBack: action({
      guard: ({ journal }) => journal.length > opening.length,
      next: ({ journal, balances, unspent }) => {
        const last = ENTRIES[journal.at(-1)!]
        return {
          journal: journal.slice(0, -1),
          balances: posted(balances, last, -1, flaw),
          unspent: [
            ...unspent.filter((coin) => last.makes.every((posting) => posting.coin !== coin)),
            ...(flaw === 'undo-forgets-inputs' ? [] : last.takes),
          ],
        }
      },
    }),
  }),
  invariants: () => ({
    debitsEqualCredits: ({ balances }) => ACCOUNTS.reduce((sum, account) => sum + balances[account], 0) === 0,
    bookFollowsFromJournal: ({ journal, balances }) => {
      const again = bookOf(journal).balances
      return ACCOUNTS.every((account) => again[account] === balances[account])
    },
    unspentFollowsFromJournal: ({ journal, unspent }) =>
      COINS.every(
        (coin) =>
          unspent.includes(coin) ===
          (journal.some((name) => makes(name, coin)) &&
            !journal.some((name) => ENTRIES[name].takes.includes(coin))),
      ),
    noCoinIsSpentTwice: ({ journal }) =>
      COINS.every((coin) => journal.filter((name) => ENTRIES[name].takes.includes(coin)).length <= 1),
    unspentIsWhatWasIssued: ({ balances, unspent }) =>
      unspent.reduce((sum, coin) => sum + MADE.get(coin)!.amount, 0) + balances.fees === -balances.issue,
  }),
  sometimes: (_, ofStep) => ({
    thePaymentIsReplaced: ofStep(
      ({ unspent }, after, { action }) =>
        action === 'Post' && !unspent.includes('back') && after.unspent.includes('back'),
    ),
    aSpentCoinComesBack: ofStep(
      ({ unspent }, after, { action }) =>
        action === 'TakeBack' && !unspent.includes('paid') && after.unspent.includes('paid'),
    ),
  }),
})

/** The book that follows from a journal. */
export function bookOf(journal: readonly EntryName[]): Book {
  const taken = journal.flatMap((name) => ENTRIES[name].takes)
  return {
    journal,
    balances: journal.reduce((book, name) => posted(book, ENTRIES[name], 1, 'none'), NOTHING),
    unspent: journal.flatMap((name) =>
      ENTRIES[name].makes.flatMap(({ coin }) => (taken.includes(coin) ? [] : [coin])),
    ),
  }
}

function makes(name: EntryName, coin: Coin): boolean {
  return ENTRIES[name].makes.some((posting) => posting.coin === coin)
}

/** The balances after an entry is posted (1) or taken back (-1). */
function posted(
  balances: Book['balances'],
  { takes, makes, issues, fee }: Entry,
  sign: 1 | -1,
  flaw: Constants['flaw'],
): Book['balances'] {
  const after: Record<Account, number> = { ...balances }
  for (const coin of takes) after[MADE.get(coin)!.account] -= sign * MADE.get(coin)!.amount
  for (const { account, amount } of makes) after[account] += sign * amount
  after.issue -= sign * issues
  if (flaw !== 'fee-unposted') after.fees += sign * fee
  return after
}
