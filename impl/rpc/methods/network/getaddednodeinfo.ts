import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const getaddednodeinfo = method({
  name: 'getaddednodeinfo',
  category: 'network',
  summary: 'Returns the nodes that are kept connected, and whether they are',
  parameters: { node: optional(text('Only this one')) },
  run: ({ node: wanted }, node) => {
    const { added } = node.connections
    if (wanted !== undefined && !added.has(wanted))
      throw new RpcError(RPC.notAdded, 'Error: Node has not been added.')
    return (wanted === undefined ? [...added] : [wanted]).map((address) => describe(address, node))
  },
})

function describe(address: string, { connections, view }: RpcNode) {
  const peer = [...view.network.peers()].find(({ id }) => connections.isTo(id, address))
  const facts = peer && connections.facts(peer.id)
  return {
    addednode: address,
    connected: facts !== undefined,
    addresses:
      facts === undefined
        ? []
        : [{ address: facts.address, connected: peer?.inbound === true ? 'inbound' : 'outbound' }],
  }
}
