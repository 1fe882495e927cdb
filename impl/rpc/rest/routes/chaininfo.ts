import { getblockchaininfo } from '../../methods/blockchain/getblockchaininfo.ts'
import type { Route } from '../route.ts'

export const chaininfo: Route = {
  prefix: '/rest/chaininfo',
  summary: 'Returns the state of the chain',
  run: (_request, node) => ({ json: () => getblockchaininfo.run({}, node, []) }),
}
