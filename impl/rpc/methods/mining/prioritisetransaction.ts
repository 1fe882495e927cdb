import { hashKey } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { hash, integer, optional } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

export const prioritisetransaction = method({
  name: 'prioritisetransaction',
  category: 'mining',
  summary: 'Counts a transaction as if its fee were higher or lower; the fee itself stays',
  parameters: {
    txid: hash('The id of the transaction'),
    dummy: optional(integer('Must be 0 or left out')),
    fee_delta: integer('Sats to add; negative ones take away'),
  },
  run: ({ txid, dummy, fee_delta }, { view }) => {
    if (dummy !== undefined && dummy !== 0)
      throw invalidParameter(
        'Priority is no longer supported, dummy argument to prioritisetransaction must be 0.',
      )
    const { pool } = view.pool
    const entry = pool.get(hashKey(txid))
    if (entry !== undefined && view.pool.hasDust(entry.transaction))
      throw invalidParameter('Priority is not supported for transactions with dust outputs.')
    pool.prioritise(hashKey(txid), fee_delta)
    return true
  },
})
