import { method } from '../../method.ts'
import { flag } from '../../parameter.ts'

export const setnetworkactive = method({
  name: 'setnetworkactive',
  category: 'network',
  summary: 'Switches all traffic with peers on or off',
  parameters: { state: flag('On or off') },
  run: ({ state }, { connections, view }) => {
    connections.isActive = state
    if (!state) for (const peer of [...view.network.peers()]) connections.disconnect(peer.id)
    return state
  },
})
