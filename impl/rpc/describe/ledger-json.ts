import { encodeAddress } from '../../address-encoding/index.ts'
import type { BlockNode } from '../../chainstate/index.ts'
import {
  type Account,
  type JournalEntry,
  TOTAL_ACCOUNTS,
  type Totals,
  type TraceStep,
} from '../../ledger/index.ts'
import type { NodeView } from '../../node/index.ts'
import { bytesToHex, hashToHex } from '../../wire/index.ts'
import { coins, coinText } from '../json.ts'

/** An owner's account by address, or by script where there is none; the chain's own by name. */
function accountName(account: Account, { chain, crypto }: NodeView): string {
  if (typeof account !== 'object') return `chain:${account}`
  const address = encodeAddress(account.script, chain.chain.addresses, crypto)
  return `owner:${address ?? bytesToHex(account.script)}`
}

export function describeEntry(entry: JournalEntry, node: BlockNode, view: NodeView) {
  return {
    txid: hashToHex(entry.txid),
    kind: entry.kind,
    height: node.height,
    blockhash: hashToHex(node.hash),
    time: node.time,
    postings: entry.postings.map(({ side, account, amount, outpoint }) => ({
      side,
      account: accountName(account, view),
      amount: coins(amount),
      ...(outpoint === undefined ? {} : { outpoint: `${hashToHex(outpoint.txid)}:${outpoint.index}` }),
    })),
  }
}

/** An entry in the journal format of hledger: debits positive, credits negative. [hledger manual §Transactions] */
export function entryAsHledger(entry: JournalEntry, node: BlockNode, view: NodeView): string {
  const lines = entry.postings.map(({ side, account, amount }) =>
    hledgerLine(accountName(account, view), side === 'debit' ? amount : -amount),
  )
  return `${dateOf(node)} ${entry.kind} ${hashToHex(entry.txid)} ; height:${node.height}\n${lines.join('')}`
}

export function describeTotals(totals: Totals, node: BlockNode) {
  const accounts = TOTAL_ACCOUNTS.map((account) => ({ account, ...totals[account] }))
  const debits = accounts.reduce((sum, account) => sum + account.debits, 0n)
  const credits = accounts.reduce((sum, account) => sum + account.credits, 0n)
  return {
    height: node.height,
    blockhash: hashToHex(node.hash),
    accounts: accounts.map(({ account, debits: received, credits: given }) => ({
      account: account === 'owners' ? 'owners' : `chain:${account}`,
      debits: coins(received),
      credits: coins(given),
      balance: coins(received - given),
    })),
    debits: coins(debits),
    credits: coins(credits),
    balanced: debits === credits,
    unspent: coins(totals.owners.debits - totals.owners.credits),
  }
}

/** The balances of all accounts as one transaction, which hledger refuses unless they add up to zero. */
export function totalsAsHledger(totals: Totals, node: BlockNode): string {
  const lines = TOTAL_ACCOUNTS.map((account) =>
    hledgerLine(
      account === 'owners' ? 'owners' : `chain:${account}`,
      totals[account].debits - totals[account].credits,
    ),
  )
  return `${dateOf(node)} trial balance at height ${node.height}\n${lines.join('')}`
}

export function describeStep({ transaction, index, node, distance }: TraceStep, view: NodeView) {
  const { value, script } = transaction.outputs[index]!
  return {
    distance,
    txid: hashToHex(transaction.txid),
    vout: index,
    height: node.height,
    account: accountName({ script }, view),
    amount: coins(value),
    source: transaction.isCoinbase,
  }
}

function hledgerLine(account: string, sats: number | bigint): string {
  return `    ${account}  ${coinText(sats)} BTC\n`
}

/** The day of the block's own time. */
function dateOf({ time }: BlockNode): string {
  return new Date(time * 1000).toISOString().slice(0, 10)
}
