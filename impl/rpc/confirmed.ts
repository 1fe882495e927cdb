import type { Chainstate } from '../chainstate/index.ts'
import type { Transaction } from '../wire/index.ts'
import { outpointOf } from './outpoint.ts'

/** The transaction is in the active chain, as far as its unspent outputs show. */
export function isAnyOutputUnspent({ txid, outputs }: Transaction, chain: Chainstate): boolean {
  return outputs.some((_output, index) => chain.coin(outpointOf(txid, index)) !== undefined)
}
