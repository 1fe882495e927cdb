import { bytesToHex, hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { hash, optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const getblockfilter = method({
  name: 'getblockfilter',
  category: 'blockchain',
  summary: 'Returns the filter of a block and the header that commits to it [BIP157, BIP158]',
  parameters: {
    blockhash: hash('The hash of the block'),
    filtertype: optional(text('The type of the filter: basic'), 'basic'),
  },
  run: ({ blockhash, filtertype }, { view }) => {
    if (filtertype !== 'basic') throw new RpcError(RPC.addressOrKey, 'Unknown filtertype')
    const { chain, filters } = view
    if (filters === undefined)
      throw new RpcError(RPC.misc, `Index is not enabled for filtertype ${filtertype}`)
    const node = chain.node(blockhash)
    if (node === undefined) throw new RpcError(RPC.addressOrKey, 'Block not found')
    if (!chain.isActive(node) && node.undo === undefined)
      throw new RpcError(RPC.addressOrKey, 'Filter not found. Block was not connected to active chain.')
    const filter = filters.filter(node)
    const entry = filters.entry(node)
    if (filter === undefined || entry === undefined)
      throw new RpcError(
        RPC.misc,
        'Filter not found. Block filters are still in the process of being indexed.',
      )
    return { filter: bytesToHex(filter), header: hashToHex(entry.header) }
  },
})
