import { method } from '../../method.ts'

export const clearbanned = method({
  name: 'clearbanned',
  category: 'network',
  summary: 'Lifts all bans',
  parameters: {},
  run: (_values, { connections }) => {
    connections.bans.clear()
    return null
  },
})
