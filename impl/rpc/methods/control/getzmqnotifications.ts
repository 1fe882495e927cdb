import { method } from '../../method.ts'

export const getzmqnotifications = method({
  name: 'getzmqnotifications',
  category: 'control',
  summary: 'Returns the active ZeroMQ notifications, of which there are none',
  parameters: {},
  run: () => [],
})
