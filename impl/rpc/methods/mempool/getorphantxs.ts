import { bytesToHex, hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { optional, verbosity as verbosityOf } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

export const getorphantxs = method({
  name: 'getorphantxs',
  category: 'mempool',
  summary: 'Returns the transactions whose parents are unknown',
  isHidden: true,
  parameters: { verbosity: optional(verbosityOf('0: ids; 1: an object for each; 2: with the hex'), 0) },
  run: ({ verbosity }, { view }, [given]) => {
    if (typeof given === 'boolean')
      throw new RpcError(RPC.type, 'Verbosity was boolean but only integer allowed')
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
