import { method } from '../../method.ts'
import { flag, hash, optional } from '../../parameter.ts'
import { findEntry } from '../../pool-entry.ts'
import { withRelatives } from '../../relatives.ts'

export const getmempooldescendants = method({
  name: 'getmempooldescendants',
  category: 'mempool',
  summary: 'Returns the unconfirmed descendants of an unconfirmed transaction',
  parameters: {
    txid: hash('The id of the transaction'),
    verbose: optional(flag('true: an object for each; false: their ids'), false),
  },
  run: ({ txid, verbose }, { view }) => withRelatives(view, findEntry(view, txid), 'children', verbose),
})
