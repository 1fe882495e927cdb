import { bytesToHex } from '../../../wire/index.ts'
import { type BlockDetail, describeBlock } from '../../describe/block-json.ts'
import { findBlock, readBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { alsoCalled, hash, optional, verbosity } from '../../parameter.ts'

const DETAILS: readonly BlockDetail[] = ['ids', 'ids', 'full', 'prevouts']

export const getblock = method({
  name: 'getblock',
  category: 'blockchain',
  summary: 'Returns a block',
  parameters: {
    blockhash: hash('The hash of the block'),
    verbosity: alsoCalled(
      optional(
        verbosity(
          '0: hex; 1: an object with ids of transactions; 2: with transactions; 3: and the coins they spend',
        ),
        1,
      ),
      'verbose',
    ),
  },
  run: ({ blockhash, verbosity: level }, node) => {
    const { chain, crypto } = node.view
    const found = findBlock(node, blockhash)
    const block = readBlock(chain, found)
    if (level <= 0) return bytesToHex(block.raw)
    return describeBlock(block, found, chain, crypto, DETAILS[Math.min(level, 3)]!)
  },
})
