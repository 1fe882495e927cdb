import { hashToHex } from '../../../wire/index.ts'
import { findBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { hash } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const invalidateblock = method({
  name: 'invalidateblock',
  category: 'blockchain',
  summary: 'Treats a block as if it broke a rule, for good',
  isHidden: true,
  parameters: { blockhash: hash('The hash of the block') },
  run: ({ blockhash }, node) => {
    if (findBlock(node, blockhash).previous === undefined)
      throw new RpcError(RPC.misc, 'the genesis block cannot be invalid')
    node.override('invalidate', hashToHex(blockhash))
    return null
  },
})
