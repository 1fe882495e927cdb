import type { BlockNode } from '../../../chainstate/index.ts'
import { medianTimePast } from '../../../validation/index.ts'
import { hashToHex } from '../../../wire/index.ts'
import { number16 } from '../../describe/block-json.ts'
import { findBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { hash, integer, optional } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

const MONTH_SECONDS = 30 * 24 * 3600

export const getchaintxstats = method({
  name: 'getchaintxstats',
  category: 'blockchain',
  summary: 'Returns how many transactions the chain has, and how fast the latest came',
  parameters: {
    nblocks: optional(integer('Blocks to look at (default: those of a month)')),
    blockhash: optional(hash('The last of them (default: the tip)')),
  },
  run: ({ nblocks, blockhash }, node) => {
    const { chain } = node.view
    const { limits } = chain.chain
    const last = blockhash === undefined ? chain.tip : findBlock(node, blockhash)
    if (!chain.isActive(last)) throw invalidParameter('Block is not in main chain')
    const month = Math.trunc(MONTH_SECONDS / limits.targetSpacing)
    const count = nblocks ?? Math.max(0, Math.min(month, last.height - 1))
    if (count < 0 || (count > 0 && count >= last.height))
      throw invalidParameter("Invalid block count: should be between 0 and the block's height - 1")
    const first = last.ancestor(last.height - count)
    const median = (block: BlockNode) => medianTimePast(block, limits.medianTimeSpan)
    const seconds = median(last) - median(first)
    const within = transactionsBetween(last, first)
    return {
      time: last.time,
      txcount: within + transactionsBetween(first, undefined),
      window_final_block_hash: hashToHex(last.hash),
      window_final_block_height: last.height,
      window_block_count: count,
      ...(count === 0 ? {} : { window_interval: seconds, window_tx_count: within }),
      ...(count === 0 || seconds <= 0 ? {} : { txrate: number16(within / seconds) }),
    }
  },
})

/** Transactions from `last` down to the block above `first`, or to genesis. */
function transactionsBetween(last: BlockNode, first: BlockNode | undefined): number {
  let count = 0
  for (let node: BlockNode | undefined = last; node !== undefined && node !== first; node = node.previous)
    count += node.previous === undefined ? 1 : node.transactionCount
  return count
}
