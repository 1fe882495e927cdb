import { concatBytes } from '../../../wire/index.ts'
import { describeHeader } from '../../describe/block-json.ts'
import { activeFrom, countAndHash } from '../count-and-hash.ts'
import type { Route } from '../route.ts'

export const headers: Route = {
  prefix: '/rest/headers/',
  summary: 'Returns headers of the active chain from a block on',
  run: ({ words, query }, { view }) => {
    const { chain } = view
    const { count, hash } = countAndHash(words, query, '/rest/headers/<hash>.<ext>?count=<count>')
    const nodes = activeFrom(hash, count, chain)
    return {
      bin: () => concatBytes(...nodes.map(({ header }) => header)),
      json: () => nodes.map((node) => describeHeader(node, chain)),
    }
  },
}
