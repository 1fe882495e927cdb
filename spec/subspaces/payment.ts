import { toHex } from '../encoding/index.ts'
import type { Output, Transaction } from '../vocabulary/index.ts'

/** A payment as a subspace sees it: a transaction other than a coinbase, with the outputs that it spends, in order. */
export interface Payment {
  readonly transaction: Transaction
  readonly spent: readonly Output[]
}

/** Owners are known by their script, in hex. */
export const ownerOf = ({ script }: Output): string => toHex(script)

/** Outputs that leave the payers: what goes to a script that no spent output has. The rest is change (找钱). */
export function paidAway({ transaction, spent }: Payment): readonly Output[] {
  const payers = new Set(spent.map(ownerOf))
  return transaction.outputs.filter((output) => !payers.has(ownerOf(output)))
}
