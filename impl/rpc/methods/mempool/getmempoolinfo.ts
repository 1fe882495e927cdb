import { coins } from '../../json.ts'
import { method } from '../../method.ts'

export const getmempoolinfo = method({
  name: 'getmempoolinfo',
  category: 'mempool',
  summary: 'Returns the state of the pool of unconfirmed transactions',
  parameters: {},
  run: (_values, { view, now }) => {
    const { pool, policy } = view.pool
    let bytes = 0
    let fees = 0
    for (const { vsize, fee } of pool.entries()) {
      bytes += vsize
      fees += fee
    }
    return {
      loaded: true,
      size: pool.size,
      bytes,
      usage: pool.memory,
      total_fee: coins(fees),
      maxmempool: policy.poolBytesMax,
      mempoolminfee: coins(Math.ceil(view.pool.feeRate(Math.floor(now() / 1000)))),
      minrelaytxfee: coins(policy.minRelayFeeRate),
      incrementalrelayfee: coins(policy.incrementalFeeRate),
      unbroadcastcount: view.network.unbroadcast.size,
      fullrbf: policy.replacement === 'fee',
      permitbaremultisig: policy.permitBareMultisig,
      maxdatacarriersize: policy.dataCarrierBytesMax,
      limitclustercount: policy.ancestorsMax,
      limitclustersize: policy.ancestorVsizeMax,
      optimal: true,
    }
  },
})
