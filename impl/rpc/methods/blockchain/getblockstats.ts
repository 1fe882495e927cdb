import { describeStatistics } from '../../describe/block-statistics.ts'
import { findAt } from '../../find-at.ts'
import { readBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { hashOrHeight, list, optional } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

export const getblockstats = method({
  name: 'getblockstats',
  category: 'blockchain',
  summary: 'Returns statistics of one block; amounts are in sats, rates in sats per virtual byte',
  parameters: {
    hash_or_height: hashOrHeight('The hash of the block, or its height in the active chain'),
    stats: optional(list('The statistics to return (default: all)'), []),
  },
  run: ({ hash_or_height, stats }, node) => {
    const { chain } = node.view
    const found = findAt(node, hash_or_height)
    const block = readBlock(chain, found)
    const undo = chain.undoData(found)
    if (undo === undefined && found.height > 0)
      throw new RpcError(RPC.misc, "Undo data expected but can't be found")
    const all: Record<string, unknown> = describeStatistics(block, found, undo, chain)
    if (stats.length === 0) return all
    return Object.fromEntries(
      [...new Set(stats.map(String))].sort().map((name) => {
        if (!Object.hasOwn(all, name)) throw invalidParameter(`Invalid selected statistic '${name}'`)
        return [name, all[name]]
      }),
    )
  },
})
