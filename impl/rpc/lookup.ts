import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import { decodeTransaction, isRejection } from '../validation/index.ts'
import { type Block, hexToBytes, type Transaction } from '../wire/index.ts'
import type { RpcNode } from './node.ts'
import { RPC, RpcError } from './rpc-error.ts'

/** The block of a hash. Throws RpcError when it is unknown. */
export function findBlock({ view }: RpcNode, hash: Uint8Array): BlockNode {
  const found = view.chain.node(hash)
  if (found === undefined) throw new RpcError(RPC.addressOrKey, 'Block not found')
  return found
}

/** The bytes of a block. Throws RpcError when the node has none or no longer has them. */
export function readBlock(chain: Chainstate, node: BlockNode): Block {
  const block = node.height === 0 ? chain.chain.genesis : chain.block(node)
  if (block === undefined) throw new RpcError(RPC.misc, 'Block not available (not fully downloaded)')
  return block
}

/** A transaction from hex. Throws RpcError with `refusal`. */
export function readTransaction(hex: string, { view }: RpcNode, refusal: string): Transaction {
  const bytes = hexToBytes(hex)
  const transaction = bytes === undefined ? undefined : decodeTransaction(bytes, view.crypto)
  if (transaction === undefined || isRejection(transaction) || transaction.inputs.length === 0)
    throw new RpcError(RPC.deserialization, refusal)
  return transaction
}
