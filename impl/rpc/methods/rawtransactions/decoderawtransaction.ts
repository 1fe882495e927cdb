import { describeTransaction } from '../../describe/transaction-json.ts'
import { readTransaction } from '../../lookup.ts'
import { method } from '../../method.ts'
import { flag, optional, text } from '../../parameter.ts'

export const decoderawtransaction = method({
  name: 'decoderawtransaction',
  category: 'rawtransactions',
  summary: 'Returns the parts of a serialized transaction',
  parameters: {
    hexstring: text('The transaction in hex'),
    iswitness: optional(flag('Whether it may have witnesses; its bytes say it otherwise')),
  },
  run: ({ hexstring }, node) => {
    const { chain, crypto } = node.view
    const transaction = readTransaction(hexstring, node, 'TX decode failed')
    return describeTransaction(transaction, { chain: chain.chain, hasher: crypto })
  },
})
