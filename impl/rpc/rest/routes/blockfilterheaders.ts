import { concatBytes, hashToHex } from '../../../wire/index.ts'
import { activeFrom, countAndHash } from '../count-and-hash.ts'
import { filtersOf } from '../filters-of.ts'
import { notFound, type Route } from '../route.ts'

const USAGE = '/rest/blockfilterheaders/<filtertype>/<blockhash>.<ext>?count=<count>'

export const blockfilterheaders: Route = {
  prefix: '/rest/blockfilterheaders/',
  summary: 'Returns headers of filters from a block of the active chain on [BIP157]',
  run: ({ words: [type = '', ...rest], query }, node) => {
    const { count, hash } = countAndHash(rest, query, USAGE)
    const filters = filtersOf(type, node)
    const headers = activeFrom(hash, count, node.view.chain).map((block) => {
      const header = filters.entry(block)?.header
      if (header === undefined)
        throw notFound('Filter not found. Block filters are still in the process of being indexed.')
      return header
    })
    return { bin: () => concatBytes(...headers), json: () => headers.map(hashToHex) }
  },
}
