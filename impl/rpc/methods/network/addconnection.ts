import { method } from '../../method.ts'
import type { ConnectionType } from '../../node.ts'
import { flag, optional, text } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'
import { usageOf } from '../../usage.ts'

const TYPES: readonly string[] = ['outbound-full-relay', 'block-relay-only', 'addr-fetch', 'feeler']

export const addconnection = method({
  name: 'addconnection',
  category: 'network',
  summary: 'Opens a connection of a certain type, for tests',
  isHidden: true,
  parameters: {
    address: text('Address and port'),
    connection_type: text('outbound-full-relay, block-relay-only, addr-fetch, or feeler'),
    v2transport: optional(flag('Try the encrypted transport [BIP324], which is not there yet'), false),
  },
  run: async ({ address, connection_type, v2transport }, { connections, operations }) => {
    if (operations.chainName !== 'regtest')
      throw new RpcError(RPC.misc, 'addconnection is for regression testing (-regtest mode) only.')
    if (!TYPES.includes(connection_type)) throw invalidParameter(usageOf(addconnection))
    if (v2transport)
      throw invalidParameter(
        'Error: Adding v2transport connections requires -v2transport init flag to be set.',
      )
    await connections.dial(address, connection_type as ConnectionType)
    return { address, connection_type }
  },
})
