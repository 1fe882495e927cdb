import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { integer, optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const disconnectnode = method({
  name: 'disconnectnode',
  category: 'network',
  summary: 'Closes a connection at once',
  parameters: {
    address: optional(text('Address and port of the node'), ''),
    nodeid: optional(integer('The number of the peer, instead of an address')),
  },
  run: ({ address, nodeid }, node) => {
    if ((address === '') === (nodeid === undefined))
      throw new RpcError(RPC.invalidParams, 'Only one of address and nodeid should be provided.')
    const peers = nodeid === undefined ? peersAt(node, address) : peersOf(node, nodeid)
    if (peers.length === 0) throw new RpcError(RPC.nodeNotConnected, 'Node not found in connected nodes')
    for (const peer of peers) node.connections.disconnect(peer)
    return null
  },
})

function peersOf({ view }: RpcNode, id: number): number[] {
  return Array.from(view.network.peers(), (peer) => peer.id).filter((peer) => peer === id)
}

function peersAt({ view, connections }: RpcNode, address: string): number[] {
  return Array.from(view.network.peers(), (peer) => peer.id).filter((peer) => {
    const facts = connections.facts(peer)
    return facts?.address === address
  })
}
