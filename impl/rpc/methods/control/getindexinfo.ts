import { method } from '../../method.ts'
import { optional, text } from '../../parameter.ts'

export const getindexinfo = method({
  name: 'getindexinfo',
  category: 'util',
  summary: 'Returns the state of the indexes',
  parameters: { index_name: optional(text('Only this index')) },
  run: ({ index_name }, { view }) => {
    const { filters, chain } = view
    if (filters === undefined || (index_name !== undefined && index_name !== FILTERS)) return {}
    return { [FILTERS]: { synced: !filters.isBehind, best_block_height: chain.tip.height } }
  },
})

const FILTERS = 'basic block filter index'
