import { getmempoolinfo } from '../../methods/mempool/getmempoolinfo.ts'
import { getrawmempool } from '../../methods/mempool/getrawmempool.ts'
import { badRequest, flagIn, type Route } from '../route.ts'

export const mempool: Route = {
  prefix: '/rest/mempool/',
  summary: 'Returns the state of the pool, or what is in it',
  run: ({ words: [word], query }, node) => {
    if (word === 'info') return { json: () => getmempoolinfo.run({}, node, []) }
    if (word !== 'contents')
      throw badRequest('Invalid URI format. Expected /rest/mempool/<info|contents>.json')
    const verbose = flagIn(query, 'verbose', true)
    const mempool_sequence = flagIn(query, 'mempool_sequence', false)
    if (verbose && mempool_sequence)
      throw badRequest('Verbose results cannot contain mempool sequence values. (hint: set "verbose=false")')
    return { json: () => getrawmempool.run({ verbose, mempool_sequence }, node, []) }
  },
}
