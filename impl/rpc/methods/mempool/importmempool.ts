import { method } from '../../method.ts'
import { optional, record, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const importmempool = method({
  name: 'importmempool',
  category: 'mempool',
  summary: 'Takes in the transactions of a file that savemempool wrote, here or elsewhere',
  parameters: {
    filepath: text('The file'),
    options: optional(record('Accepted: times, fee deltas and what no peer has fetched are taken over')),
  },
  run: ({ filepath }, { operations, restorePool }) => {
    let bytes: Uint8Array
    try {
      bytes = operations.readFile(filepath)
    } catch {
      throw new RpcError(RPC.misc, 'Unable to import mempool file, see debug.log for details.')
    }
    restorePool(bytes)
    return {}
  },
})
