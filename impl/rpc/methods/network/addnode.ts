import { method } from '../../method.ts'
import { flag, optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'
import { usageOf } from '../../usage.ts'

export const addnode = method({
  name: 'addnode',
  category: 'network',
  summary: 'Adds a node to those that are kept connected, removes one, or connects once',
  parameters: {
    node: text('Address and port'),
    command: text('"add", "remove", or "onetry"'),
    v2transport: optional(flag('Try the encrypted transport [BIP324], which is not there yet')),
  },
  run: async ({ node, command }, { connections }) => {
    switch (command) {
      case 'onetry':
        await connections.dial(node, 'manual')
        return null
      case 'add':
        if (connections.added.has(node)) throw new RpcError(RPC.alreadyAdded, 'Error: Node already added')
        connections.added.add(node)
        void connections.dial(node, 'manual')
        return null
      case 'remove':
        if (!connections.added.delete(node))
          throw new RpcError(
            RPC.notAdded,
            'Error: Node could not be removed. It has not been added previously.',
          )
        return null
      default:
        throw new RpcError(RPC.misc, usageOf(addnode))
    }
  },
})
