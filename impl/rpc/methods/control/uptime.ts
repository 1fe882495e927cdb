import { method } from '../../method.ts'

export const uptime = method({
  name: 'uptime',
  category: 'control',
  summary: 'Returns the seconds since the start',
  parameters: {},
  run: (_values, { sinceStartMs }) => Math.floor(sinceStartMs() / 1000),
})
