import { bytesToHex } from '../../../wire/index.ts'
import { describeHeader } from '../../describe/block-json.ts'
import { findBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { flag, hash, optional } from '../../parameter.ts'

export const getblockheader = method({
  name: 'getblockheader',
  category: 'blockchain',
  summary: 'Returns the header of a block',
  parameters: {
    blockhash: hash('The hash of the block'),
    verbose: optional(flag('true: an object; false: the 80 bytes as hex'), true),
  },
  run: ({ blockhash, verbose }, node) => {
    const found = findBlock(node, blockhash)
    return verbose ? describeHeader(found, node.view.chain) : bytesToHex(found.header)
  },
})
