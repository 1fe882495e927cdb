import { txid } from '../../encoding/index.ts'
import { isUnspendable } from '../../script/index.ts'
import type { Coin, Height, Outpoint, Transaction } from '../../vocabulary/index.ts'
import { isCoinbase } from '../../vocabulary/index.ts'

/** The coins that a transaction creates: its outputs, but for those that nothing can ever spend. */
export function* coinsOf(transaction: Transaction, height: Height): Generator<[Outpoint, Coin], void> {
  const id = txid(transaction)
  for (const [index, output] of transaction.outputs.entries())
    if (!isUnspendable(output.script))
      yield [
        { txid: id, index },
        { output, height, isCoinbase: isCoinbase(transaction) },
      ]
}
