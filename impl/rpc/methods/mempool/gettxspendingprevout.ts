import { bytesToHex, hashToHex } from '../../../wire/index.ts'
import { transactionIn } from '../../confirmed.ts'
import { memberOf, neededMember, parseHash, recordOf } from '../../member.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { outpointOf } from '../../outpoint.ts'
import { list, optional, options as optionsOf } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

export const gettxspendingprevout = method({
  name: 'gettxspendingprevout',
  category: 'mempool',
  summary: 'Returns the unconfirmed transactions that spend these outputs',
  parameters: {
    outputs: list('Objects with `txid` and `vout`'),
    options: optional(
      optionsOf('mempool_only, return_spending_tx', 'mempool_only', 'return_spending_tx'),
      {},
    ),
  },
  run: ({ outputs, options }, node) => {
    if (outputs.length === 0) throw invalidParameter('Invalid parameter, outputs are missing')
    const isPoolOnly = memberOf(options, 'mempool_only', 'boolean') ?? node.view.spenders === undefined
    const withTransaction = memberOf(options, 'return_spending_tx', 'boolean') ?? false
    return outputs.map((output) => spenderOf(output, isPoolOnly, withTransaction, node))
  },
})

function spenderOf(output: unknown, isPoolOnly: boolean, withTransaction: boolean, { view }: RpcNode) {
  const wanted = recordOf(output)
  const [unknown] = Object.keys(wanted).filter((name) => name !== 'txid' && name !== 'vout')
  if (unknown !== undefined) throw new RpcError(RPC.type, `Unexpected key ${unknown}`)
  const txid = parseHash(neededMember(wanted, 'txid', 'string'), 'txid')
  const vout = neededMember(wanted, 'vout', 'number')
  if (vout < 0) throw invalidParameter('Invalid parameter, vout cannot be negative')
  const outpoint = outpointOf(txid, vout)
  const waiting = view.pool.pool.spenderOf(outpoint)?.transaction
  if (waiting === undefined && !isPoolOnly && view.spenders === undefined)
    throw new RpcError(
      RPC.misc,
      `No spending tx for the outpoint ${hashToHex(txid)}:${vout} in mempool, and txospenderindex is unavailable.`,
    )
  const confirmed = waiting === undefined && !isPoolOnly ? view.spenders?.spenderOf(outpoint) : undefined
  const spender =
    waiting ?? (confirmed && transactionIn(confirmed.node, confirmed.txid, view.chain)?.transaction)
  return {
    txid: hashToHex(txid),
    vout,
    ...(spender === undefined ? {} : { spendingtxid: hashToHex(spender.txid) }),
    ...(spender === undefined || !withTransaction ? {} : { spendingtx: bytesToHex(spender.raw) }),
    ...(confirmed === undefined ? {} : { blockhash: hashToHex(confirmed.node.hash) }),
  }
}
