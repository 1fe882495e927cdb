import { hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'

export const getbestblockhash = method({
  name: 'getbestblockhash',
  category: 'blockchain',
  summary: 'Returns the hash of the tip',
  parameters: {},
  run: (_values, { view }) => hashToHex(view.chain.tip.hash),
})
