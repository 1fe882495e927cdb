import { hashToHex } from '../../../wire/index.ts'
import { findBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { hash } from '../../parameter.ts'

export const preciousblock = method({
  name: 'preciousblock',
  category: 'blockchain',
  summary: 'Prefers a block to others of equal work, as if it had come first',
  parameters: { blockhash: hash('The hash of the block') },
  run: ({ blockhash }, node) => {
    findBlock(node, blockhash)
    node.override('precious', hashToHex(blockhash))
    return null
  },
})
