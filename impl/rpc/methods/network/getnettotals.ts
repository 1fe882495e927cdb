import { method } from '../../method.ts'

export const getnettotals = method({
  name: 'getnettotals',
  category: 'network',
  summary: 'Returns the bytes sent and received',
  parameters: {},
  run: (_values, { connections, now }) => ({
    totalbytesrecv: connections.totals.received,
    totalbytessent: connections.totals.sent,
    timemillis: now(),
    uploadtarget: {
      timeframe: 86400,
      target: 0,
      target_reached: false,
      serve_historical_blocks: true,
      bytes_left_in_cycle: 0,
      time_left_in_cycle: 0,
    },
  }),
})
