import type { BlockNode } from '../../../chainstate/index.ts'
import { checkBlock } from '../../../validation/index.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { integer, optional } from '../../parameter.ts'

/** [Core DEFAULT_CHECKBLOCKS, DEFAULT_CHECKLEVEL] */
const BLOCKS = 6
const LEVEL = 3
/** From this level on undo data is read too. */
const UNDO_LEVEL = 2

export const verifychain = method({
  name: 'verifychain',
  category: 'blockchain',
  summary: 'Reads back the last blocks and what they undo, and says whether all of it is whole',
  parameters: {
    checklevel: optional(
      integer('0: the bytes; 1: the rules without context; 2 and more: undo data too'),
      LEVEL,
    ),
    nblocks: optional(integer('How many blocks; 0: all'), BLOCKS),
  },
  run: ({ checklevel, nblocks }, node) => {
    const { tip } = node.view.chain
    const lowest = nblocks <= 0 ? 0 : Math.max(0, tip.height - nblocks)
    for (let block = tip; block.previous !== undefined && block.height > lowest; block = block.previous)
      if (!isWhole(block, checklevel, node)) return false
    return true
  },
})

function isWhole(node: BlockNode, level: number, { view }: RpcNode): boolean {
  const { chain, crypto } = view
  const block = chain.block(node)
  if (block === undefined) return false
  if (level >= 1 && checkBlock(block, chain.chain, crypto) !== undefined) return false
  return level < UNDO_LEVEL || chain.undoData(node) !== undefined
}
