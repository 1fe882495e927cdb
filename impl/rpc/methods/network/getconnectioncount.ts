import { method } from '../../method.ts'

export const getconnectioncount = method({
  name: 'getconnectioncount',
  category: 'network',
  summary: 'Returns the number of connections',
  parameters: {},
  run: (_values, { view }) => view.network.peerCount,
})
