import { method } from '../../method.ts'

export const ping = method({
  name: 'ping',
  category: 'network',
  summary: 'Has every peer pinged as soon as its messages are worked off',
  parameters: {},
  run: (_values, { pingAll }) => {
    pingAll()
    return null
  },
})
