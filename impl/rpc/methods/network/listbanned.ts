import { method } from '../../method.ts'

export const listbanned = method({
  name: 'listbanned',
  category: 'network',
  summary: 'Returns the banned addresses and subnets',
  parameters: {},
  run: (_values, { connections, now }) =>
    connections.bans.all().map(({ address, created, until }) => ({
      address,
      ban_created: created,
      banned_until: until,
      ban_duration: until - created,
      time_remaining: until - Math.floor(now() / 1000),
    })),
})
