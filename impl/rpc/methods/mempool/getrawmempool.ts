import { hashToHex } from '../../../wire/index.ts'
import { describeEntry } from '../../describe/entry-json.ts'
import { method } from '../../method.ts'
import { flag, optional } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

export const getrawmempool = method({
  name: 'getrawmempool',
  category: 'mempool',
  summary: 'Returns the ids of all unconfirmed transactions',
  parameters: {
    verbose: optional(flag('true: an object for each'), false),
    mempool_sequence: optional(flag('Return the number of changes to the pool'), false),
  },
  run: ({ verbose, mempool_sequence }, { view }) => {
    const { pool } = view.pool
    if (verbose && mempool_sequence)
      throw invalidParameter('Verbose results cannot contain mempool sequence values.')
    const entries = [...pool.entries()]
    if (verbose)
      return Object.fromEntries(
        entries.map((entry) => [
          hashToHex(entry.transaction.txid),
          describeEntry(entry, view.network.unbroadcast.has(entry.key)),
        ]),
      )
    const ids = entries.map(({ transaction }) => hashToHex(transaction.txid))
    return mempool_sequence ? { txids: ids, mempool_sequence: pool.nextSequence } : ids
  },
})
