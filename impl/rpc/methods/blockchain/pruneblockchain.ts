import { method } from '../../method.ts'
import { integer } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const pruneblockchain = method({
  name: 'pruneblockchain',
  category: 'blockchain',
  summary: 'Deletes old blocks, which this node does not do: it keeps all of them',
  parameters: { height: integer('The height up to which to prune, or a Unix time') },
  run: () => {
    throw new RpcError(RPC.misc, 'Cannot prune blocks because node is not in prune mode.')
  },
})
