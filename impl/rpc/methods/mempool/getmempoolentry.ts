import { describeEntry } from '../../describe/entry-json.ts'
import { method } from '../../method.ts'
import { hash } from '../../parameter.ts'
import { findEntry } from '../../pool-entry.ts'

export const getmempoolentry = method({
  name: 'getmempoolentry',
  category: 'mempool',
  summary: 'Returns what is known of an unconfirmed transaction',
  parameters: { txid: hash('The id of the transaction') },
  run: ({ txid }, { view }) => {
    const entry = findEntry(view, txid)
    return describeEntry(entry, view.network.unbroadcast.has(entry.key))
  },
})
