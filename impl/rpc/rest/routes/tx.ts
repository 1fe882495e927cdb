import { hashKey, hashToHex } from '../../../wire/index.ts'
import { transactionIn } from '../../confirmed.ts'
import { describeTransaction } from '../../describe/transaction-json.ts'
import { hashIn, notFound, type Route } from '../route.ts'

export const tx: Route = {
  prefix: '/rest/tx/',
  summary: 'Returns a transaction of the pool, or of the index of transactions',
  run: ({ words: [word] }, { view }) => {
    const { chain, crypto, pool, transactions } = view
    const txid = hashIn(word)
    const waiting = pool.pool.get(hashKey(txid))?.transaction
    const block = waiting === undefined ? transactions?.blockOf(txid) : undefined
    const transaction = waiting ?? (block && transactionIn(block, txid, chain)?.transaction)
    if (transaction === undefined) throw notFound(`${word} not found`)
    return {
      bin: () => transaction.raw,
      json: () => ({
        ...describeTransaction(transaction, { chain: chain.chain, hasher: crypto, withHex: true }),
        ...(block === undefined ? {} : { blockhash: hashToHex(block.hash) }),
      }),
    }
  },
}
