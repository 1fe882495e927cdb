import { decodeAddress } from '../../../address-encoding/index.ts'
import { method } from '../../method.ts'
import { mineBlocks, TRIES_MAX } from '../../mine.ts'
import { integer, optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const generatetoaddress = method({
  name: 'generatetoaddress',
  category: 'mining',
  summary: 'Mines blocks that pay an address, and returns their hashes',
  isHidden: true,
  parameters: {
    nblocks: integer('How many blocks'),
    address: text('The address'),
    maxtries: optional(integer('Hashes to try for each block'), TRIES_MAX),
  },
  run: ({ nblocks, address, maxtries }, node) => {
    const { chain, crypto } = node.view
    const script = decodeAddress(address, chain.chain.addresses, crypto)
    if (!(script instanceof Uint8Array)) throw new RpcError(RPC.addressOrKey, 'Error: Invalid address')
    return mineBlocks(node, script, nblocks, maxtries)
  },
})
