import { BASIC_FILTER } from '../../../filters/index.ts'
import { ByteWriter, bytesToHex } from '../../../wire/index.ts'
import { filtersOf } from '../filters-of.ts'
import { badRequest, hashIn, notFound, type Route } from '../route.ts'

export const blockfilter: Route = {
  prefix: '/rest/blockfilter/',
  summary: 'Returns the filter of a block [BIP158]',
  run: ({ words }, node) => {
    if (words.length !== 2)
      throw badRequest('Invalid URI format. Expected /rest/blockfilter/<filtertype>/<blockhash>')
    const filters = filtersOf(words[0]!, node)
    const hash = hashIn(words[1])
    const block = node.view.chain.node(hash)
    if (block === undefined) throw notFound(`${words[1]} not found`)
    const filter = filters.filter(block)
    if (filter === undefined) throw notFound('Filter not found. Block was not connected to active chain.')
    return {
      bin: () => new ByteWriter().u8(BASIC_FILTER).put(hash).putVariable(filter).finish(),
      json: () => ({ filter: bytesToHex(filter) }),
    }
  },
}
