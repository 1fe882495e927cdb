import {
  type BlockNode,
  type Chainstate,
  type Coin,
  isUnspendable,
  spentByTransaction,
} from '../chainstate/index.ts'
import { subsidyAt } from '../validation/index.ts'
import { type Block, hashToHex, type Transaction } from '../wire/index.ts'

/** Accounts that are the chain's own: where quanta come from, and where those are that nobody can spend. */
export type ChainAccount = 'subsidy' | 'fees' | 'unclaimed' | 'unspendable' | 'genesis' | 'overwritten'

/** An account: one of the chain's, or that of everybody who can satisfy a script. */
export type Account = ChainAccount | { readonly script: Uint8Array }

/** One line: a debit receives, a credit gives. `amount` in sats. */
export interface Posting {
  readonly side: 'debit' | 'credit'
  readonly account: Account
  readonly amount: number
  /** The output that a debit makes or a credit answers. */
  readonly outpoint?: { readonly txid: Uint8Array; readonly index: number }
}

/** One transaction as the book has it: its debits equal its credits. */
export interface JournalEntry {
  readonly txid: Uint8Array
  readonly kind: 'genesis' | 'coinbase' | 'payment' | 'overwrite'
  readonly postings: readonly Posting[]
}

/** The entries of a block, the coinbase's last; undefined when the coins that it spent are not at hand. */
export function journalOf(block: Block, node: BlockNode, chain: Chainstate): JournalEntry[] | undefined {
  const subsidy = subsidyAt(node.height, chain.chain.limits)
  const [coinbase, ...payments] = block.transactions as [Transaction, ...Transaction[]]
  if (node.previous === undefined) return [genesisEntry(coinbase, subsidy)]
  const spent = spentByTransaction(block, chain.undoData(node))
  if (spent === undefined) return undefined
  const entries = payments.map((payment, at) => paymentEntry(payment, spent[at + 1]!))
  const fees = entries.reduce((sum, { fee }) => sum + fee, 0)
  const overwrites = chain.chain.duplicates.exceptions.has(hashToHex(node.hash))
  return [
    ...entries.map(({ entry }) => entry),
    ...(overwrites ? [overwriteEntry(coinbase)] : []),
    coinbaseEntry(coinbase, subsidy, fees),
  ]
}

/** The first block's outputs are no coins. [Core ConnectBlock] */
function genesisEntry({ txid }: Transaction, subsidy: number): JournalEntry {
  return {
    txid,
    kind: 'genesis',
    postings: [
      { side: 'debit', account: 'genesis', amount: subsidy },
      { side: 'credit', account: 'subsidy', amount: subsidy },
    ],
  }
}

function paymentEntry(payment: Transaction, spent: readonly Coin[]): { entry: JournalEntry; fee: number } {
  const credits = payment.inputs.map(
    ({ prevTxid, prevIndex }, at): Posting => ({
      side: 'credit',
      account: { script: spent[at]!.script },
      amount: spent[at]!.value,
      outpoint: { txid: prevTxid, index: prevIndex },
    }),
  )
  const debits = debitsOf(payment)
  const fee = total(credits) - total(debits)
  return {
    entry: {
      txid: payment.txid,
      kind: 'payment',
      postings: [...debits, ...unlessZero('debit', 'fees', fee), ...credits],
    },
    fee,
  }
}

/** What it takes is the subsidy and the fees; what it leaves is unclaimed for ever. */
function coinbaseEntry(coinbase: Transaction, subsidy: number, fees: number): JournalEntry {
  const debits = debitsOf(coinbase)
  return {
    txid: coinbase.txid,
    kind: 'coinbase',
    postings: [
      ...debits,
      ...unlessZero('debit', 'unclaimed', subsidy + fees - total(debits)),
      ...unlessZero('credit', 'subsidy', subsidy),
      ...unlessZero('credit', 'fees', fees),
    ],
  }
}

/** A coinbase of an id that exists replaces the coins of the earlier one. [BIP30] */
function overwriteEntry(coinbase: Transaction): JournalEntry {
  const lost = debitsOf(coinbase).filter(({ account }) => typeof account === 'object')
  return {
    txid: coinbase.txid,
    kind: 'overwrite',
    postings: [
      ...unlessZero('debit', 'overwritten', total(lost)),
      ...lost.map((posting): Posting => ({ ...posting, side: 'credit' })),
    ],
  }
}

function debitsOf({ txid, outputs }: Transaction): Posting[] {
  return outputs.map(({ value, script }, index) => ({
    side: 'debit',
    account: isUnspendable(script) ? 'unspendable' : { script },
    amount: value,
    outpoint: { txid, index },
  }))
}

function unlessZero(side: Posting['side'], account: ChainAccount, amount: number): Posting[] {
  return amount === 0 ? [] : [{ side, account, amount }]
}

function total(postings: readonly Posting[]): number {
  return postings.reduce((sum, { amount }) => sum + amount, 0)
}
