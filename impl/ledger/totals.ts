import { ByteReader, ByteWriter } from '../wire/index.ts'
import type { ChainAccount, JournalEntry } from './entries.ts'

/** Accounts of a trial balance: all owners together, and the chain's own. */
export const TOTAL_ACCOUNTS = [
  'owners',
  'subsidy',
  'fees',
  'unclaimed',
  'unspendable',
  'genesis',
  'overwritten',
] as const
export type TotalAccount = ChainAccount | 'owners'

/** Debits and credits of each account from genesis on, in sats. */
export type Totals = Readonly<Record<TotalAccount, { readonly debits: bigint; readonly credits: bigint }>>

export const NO_TOTALS = Object.fromEntries(
  TOTAL_ACCOUNTS.map((account) => [account, { debits: 0n, credits: 0n }]),
) as Totals

export function addEntries(before: Totals, entries: readonly JournalEntry[]): Totals {
  const sums = structuredCopy(before)
  for (const { postings } of entries)
    for (const { side, account, amount } of postings)
      sums[typeof account === 'object' ? 'owners' : account][side === 'debit' ? 'debits' : 'credits'] +=
        BigInt(amount)
  return sums
}

function structuredCopy(totals: Totals): Record<TotalAccount, { debits: bigint; credits: bigint }> {
  const { owners, subsidy, fees, unclaimed, unspendable, genesis, overwritten } = totals
  return {
    owners: { ...owners },
    subsidy: { ...subsidy },
    fees: { ...fees },
    unclaimed: { ...unclaimed },
    unspendable: { ...unspendable },
    genesis: { ...genesis },
    overwritten: { ...overwritten },
  }
}

const HALF = 0xffffffffffffffffn

/** 16 bytes for each sum: what owners ever received may exceed 64 bits one day. */
export function encodeTotals(totals: Totals): Uint8Array {
  const writer = new ByteWriter(32 * TOTAL_ACCOUNTS.length)
  for (const account of TOTAL_ACCOUNTS)
    for (const sum of [totals[account].debits, totals[account].credits])
      writer.u64(sum & HALF).u64(sum >> 64n)
  return writer.finish()
}

export function decodeTotals(bytes: Uint8Array): Totals {
  const reader = new ByteReader(bytes)
  const sum = () => reader.u64() + (reader.u64() << 64n)
  return Object.fromEntries(
    TOTAL_ACCOUNTS.map((account) => [account, { debits: sum(), credits: sum() }]),
  ) as Totals
}
