import { method } from '../../method.ts'

export const getblockcount = method({
  name: 'getblockcount',
  category: 'blockchain',
  summary: 'Returns the height of the tip; the genesis block has height 0',
  parameters: {},
  run: (_values, { view }) => view.chain.tip.height,
})
