import { type BlockNode, type Chainstate, spentByTransaction } from '../chainstate/index.ts'
import { equalBytes, type Transaction } from '../wire/index.ts'
import { readBlock } from './lookup.ts'
import type { RpcNode } from './node.ts'
import { outpointOf } from './outpoint.ts'

/** The least weight of an output, which bounds how many a transaction has. */
const OUTPUT_WEIGHT_MIN = 36

/** The transaction is in the active chain, as far as its unspent outputs show. */
export function isAnyOutputUnspent({ txid, outputs }: Transaction, chain: Chainstate): boolean {
  return outputs.some((_output, index) => chain.coin(outpointOf(txid, index)) !== undefined)
}

/** The block that holds a transaction: by the index of transactions, or by an output that is still unspent. */
export function findConfirmed(txid: Uint8Array, { view }: RpcNode): BlockNode | undefined {
  const { chain, transactions } = view
  if (transactions !== undefined) return transactions.blockOf(txid)
  const outputsMax = chain.chain.limits.maxBlockWeight / OUTPUT_WEIGHT_MIN
  for (let index = 0; index < outputsMax; index++) {
    const coin = chain.coin(outpointOf(txid, index))
    if (coin !== undefined) return chain.activeAt(coin.height)
  }
  return undefined
}

/** A transaction of a block, with the coins that it spent where they are known; undefined when it is not there. */
export function transactionIn(node: BlockNode, txid: Uint8Array, chain: Chainstate) {
  const block = readBlock(chain, node)
  const at = block.transactions.findIndex((transaction) => equalBytes(transaction.txid, txid))
  if (at < 0) return undefined
  return {
    node,
    transaction: block.transactions[at]!,
    spent: spentByTransaction(block, chain.undoData(node))?.[at],
  }
}
