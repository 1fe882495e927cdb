import { bytesToHex, hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { integer, optional } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

export const getorphantxs = method({
  name: 'getorphantxs',
  category: 'mempool',
  summary: 'Returns the transactions whose parents are unknown',
  isHidden: true,
  parameters: { verbosity: optional(integer('0: ids; 1: an object for each; 2: with the hex'), 0) },
  run: ({ verbosity }, { view }) => {
    if (verbosity < 0 || verbosity > 2) throw invalidParameter(`Invalid verbosity value ${verbosity}`)
    return Array.from(view.network.orphans(), ({ transaction, peers }) => {
      if (verbosity === 0) return hashToHex(transaction.txid)
      return {
        txid: hashToHex(transaction.txid),
        wtxid: hashToHex(transaction.wtxid),
        bytes: transaction.totalSize,
        vsize: transaction.virtualSize,
        weight: transaction.weight,
        from: [...peers],
        ...(verbosity === 2 ? { hex: bytesToHex(transaction.raw) } : {}),
      }
    })
  },
})
