import { describeBlock } from '../../describe/block-json.ts'
import { blockOf } from '../block-of.ts'
import type { Route } from '../route.ts'

export const block: Route = {
  prefix: '/rest/block/',
  summary: 'Returns a block, in JSON with its transactions and what they spend',
  run: ({ words: [word] }, node) => {
    const found = blockOf(word, node)
    const { chain, crypto } = node.view
    return {
      bin: () => found.block.raw,
      json: () => describeBlock(found.block, found.node, chain, crypto, 'prevouts'),
    }
  },
}
