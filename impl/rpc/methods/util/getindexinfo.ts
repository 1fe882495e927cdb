import { method } from '../../method.ts'
import { optional, text } from '../../parameter.ts'

export const getindexinfo = method({
  name: 'getindexinfo',
  category: 'util',
  summary: 'Returns the state of the indexes',
  parameters: { index_name: optional(text('Only this index')) },
  run: ({ index_name }, { view }) => {
    const { filters, transactions, spenders, book, chain } = view
    const kept = [transactions, spenders, book].filter((index) => index !== undefined)
    const entries: [string, { synced: boolean; best_block_height: number }][] = kept.map((index) => [
      index.name,
      { synced: !index.isBehind, best_block_height: index.height },
    ])
    if (filters !== undefined)
      entries.push([FILTERS, { synced: !filters.isBehind, best_block_height: chain.tip.height }])
    return Object.fromEntries(
      entries.filter(([name]) => index_name === undefined || index_name === '' || index_name === name),
    )
  },
})

const FILTERS = 'basic block filter index'
