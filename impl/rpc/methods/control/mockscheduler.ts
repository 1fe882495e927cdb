import { method } from '../../method.ts'
import { integer } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const mockscheduler = method({
  name: 'mockscheduler',
  category: 'control',
  summary: 'Does now what would be due within some time, for tests',
  isHidden: true,
  parameters: { delta_time: integer('Seconds, from 1 to 3600') },
  run: ({ delta_time }, { operations }) => {
    if (delta_time <= 0 || delta_time > 3600)
      throw new RpcError(RPC.misc, 'delta_time must be between 1 and 3600 seconds (1 hr)')
    operations.advance(delta_time)
    return null
  },
})
