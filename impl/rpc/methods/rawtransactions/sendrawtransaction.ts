import { feeAt } from '../../../mempool/index.ts'
import { rejectLine, rejectString } from '../../../validation/index.ts'
import { hashKey, hashToHex } from '../../../wire/index.ts'
import { isAnyOutputUnspent } from '../../confirmed.ts'
import { readTransaction } from '../../lookup.ts'
import { method } from '../../method.ts'
import { amount, feeRate, optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

/** Coins per 1,000 virtual bytes, in sats. [Core DEFAULT_MAX_RAW_TX_FEE_RATE] */
export const FEE_RATE_MAX = 10_000_000

export const sendrawtransaction = method({
  name: 'sendrawtransaction',
  category: 'rawtransactions',
  summary: 'Takes a transaction into the pool and announces it',
  parameters: {
    hexstring: text('The transaction in hex'),
    maxfeerate: optional(
      feeRate('Refuse a fee above this many coins per 1,000 virtual bytes; 0: any'),
      FEE_RATE_MAX,
    ),
    maxburnamount: optional(amount('Refuse outputs that nobody can spend above this value'), 0),
  },
  run: ({ hexstring, maxfeerate, maxburnamount }, node) => {
    const transaction = readTransaction(
      hexstring,
      node,
      'TX decode failed. Make sure the tx has at least one input.',
    )
    const { view } = node
    for (const { script, value } of transaction.outputs)
      if (script[0] === OP_RETURN && value > maxburnamount)
        throw new RpcError(
          RPC.verify,
          'Unspendable output exceeds maximum configured by user (maxburnamount)',
        )
    const id = hashToHex(transaction.txid)
    const waiting = view.pool.pool.get(hashKey(transaction.txid))
    if (waiting !== undefined) {
      node.announce(waiting.key)
      return id
    }
    if (isAnyOutputUnspent(transaction, view.chain))
      throw new RpcError(RPC.alreadyInChain, 'Transaction outputs already in utxo set')
    if (maxfeerate > 0) {
      const trial = view.pool.tryOut(transaction, Math.floor(node.now() / 1000))
      if (trial.kind === 'accepted' && trial.entry.fee > feeAt(maxfeerate, trial.entry.vsize))
        throw new RpcError(RPC.verify, 'Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)')
    }
    const verdict = node.submit('submitTransaction', transaction.raw)
    if (verdict.outcome === 'rejected') {
      if (verdict.class === 'missing') throw new RpcError(RPC.verify, rejectString(verdict))
      throw new RpcError(RPC.verifyRejected, rejectLine(verdict))
    }
    return id
  },
})

const OP_RETURN = 0x6a
