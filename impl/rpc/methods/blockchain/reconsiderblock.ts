import { hashToHex } from '../../../wire/index.ts'
import { findBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { hash } from '../../parameter.ts'

export const reconsiderblock = method({
  name: 'reconsiderblock',
  category: 'blockchain',
  summary: 'Takes back what made a block invalid, and those below and above it',
  isHidden: true,
  parameters: { blockhash: hash('The hash of the block') },
  run: ({ blockhash }, node) => {
    findBlock(node, blockhash)
    node.override('reconsider', hashToHex(blockhash))
    return null
  },
})
