import { hashKey, hashToHex } from '../../../wire/index.ts'
import { describeScript } from '../../describe/script-json.ts'
import { coins } from '../../json.ts'
import { method } from '../../method.ts'
import { outpointOf } from '../../outpoint.ts'
import { flag, hash, integer, optional } from '../../parameter.ts'

export const gettxout = method({
  name: 'gettxout',
  category: 'blockchain',
  summary: 'Returns an unspent output, or null',
  parameters: {
    txid: hash('The id of the transaction'),
    n: integer('The index of the output'),
    include_mempool: optional(flag('Count what unconfirmed transactions make and spend'), true),
  },
  run: ({ txid, n, include_mempool }, { view }) => {
    const { chain, pool, crypto } = view
    const outpoint = outpointOf(txid, n)
    if (include_mempool && pool.pool.spenderOf(outpoint) !== undefined) return null
    const waiting = include_mempool ? pool.pool.get(hashKey(txid))?.transaction.outputs[n] : undefined
    const coin = waiting === undefined ? chain.coin(outpoint) : undefined
    const output = waiting ?? coin
    if (output === undefined) return null
    return {
      bestblock: hashToHex(chain.tip.hash),
      confirmations: coin === undefined ? 0 : chain.tip.height - coin.height + 1,
      value: coins(output.value),
      scriptPubKey: describeScript(output.script, chain.chain.addresses, crypto),
      coinbase: coin?.isCoinbase ?? false,
    }
  },
})
