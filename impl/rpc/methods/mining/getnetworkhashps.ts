import { networkHashRate } from '../../hash-rate.ts'
import { method } from '../../method.ts'
import { integer, optional } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

export const getnetworkhashps = method({
  name: 'getnetworkhashps',
  category: 'mining',
  summary: 'Returns the estimated hashes a second of all miners',
  parameters: {
    nblocks: optional(integer('Blocks to look at; -1: since the last change of difficulty'), 120),
    height: optional(integer('Of the time when this height was found; -1: now'), -1),
  },
  run: ({ nblocks, height }, { view }) => {
    const { chain } = view
    if (nblocks < -1 || nblocks === 0)
      throw invalidParameter('Invalid nblocks. Must be a positive number or -1.')
    if (height < -1 || height > chain.tip.height)
      throw invalidParameter('Block does not exist at specified height')
    return networkHashRate(height < 0 ? chain.tip : chain.activeAt(height)!, chain.chain.limits, nblocks)
  },
})
