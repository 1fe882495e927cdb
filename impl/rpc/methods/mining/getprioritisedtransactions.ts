import { hashOfKey, hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'

export const getprioritisedtransactions = method({
  name: 'getprioritisedtransactions',
  category: 'mining',
  summary: 'Returns the changes of fees that prioritisetransaction has made, by transaction',
  parameters: {},
  run: (_values, { view }) => {
    const { pool } = view.pool
    return Object.fromEntries(
      Array.from(pool.feeDeltas(), ([key, delta]) => {
        const entry = pool.get(key)
        const known = { fee_delta: delta, in_mempool: entry !== undefined }
        return [
          hashToHex(hashOfKey(key)),
          entry === undefined ? known : { ...known, modified_fee: entry.modifiedFee },
        ]
      }),
    )
  },
})
