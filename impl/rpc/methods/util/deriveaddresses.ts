import { encodeAddress } from '../../../address-encoding/index.ts'
import { method } from '../../method.ts'
import { anything, optional, text } from '../../parameter.ts'
import { readDescriptor } from '../../read-descriptor.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

export const deriveaddresses = method({
  name: 'deriveaddresses',
  category: 'util',
  summary: 'Returns the address of a descriptor of fixed keys',
  parameters: {
    descriptor: text('The descriptor, with its checksum'),
    range: optional(anything('For descriptors with ranges, which are not known here')),
  },
  run: ({ descriptor, range }, node) => {
    if (range !== undefined)
      throw invalidParameter('Range should not be specified for an un-ranged descriptor')
    const { chain, crypto } = node.view
    const script = readDescriptor(node, descriptor, true)
    const address = encodeAddress(script, chain.chain.addresses, crypto)
    if (address === undefined)
      throw new RpcError(RPC.addressOrKey, 'Descriptor does not have a corresponding address')
    return [address]
  },
})
