import { describeBlock } from '../../describe/block-json.ts'
import { blockOf } from '../block-of.ts'
import type { Route } from '../route.ts'

export const blockWithoutTransactions: Route = {
  prefix: '/rest/block/notxdetails/',
  summary: 'Returns a block, in JSON with the ids of its transactions',
  run: ({ words: [word] }, node) => {
    const found = blockOf(word, node)
    const { chain, crypto } = node.view
    return {
      bin: () => found.block.raw,
      json: () => describeBlock(found.block, found.node, chain, crypto, 'ids'),
    }
  },
}
