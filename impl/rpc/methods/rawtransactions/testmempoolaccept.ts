import { feeAt } from '../../../mempool/index.ts'
import { rejectLine, rejectString } from '../../../validation/index.ts'
import { hashToHex, type Transaction } from '../../../wire/index.ts'
import { coins } from '../../json.ts'
import { readTransaction } from '../../lookup.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { feeRate, list, optional } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'
import { FEE_RATE_MAX } from './sendrawtransaction.ts'

/** [Core MAX_PACKAGE_COUNT] */
const PACKAGE_MAX = 25

export const testmempoolaccept = method({
  name: 'testmempoolaccept',
  category: 'rawtransactions',
  summary: 'Says whether transactions would be taken into the pool',
  parameters: {
    rawtxs: list('The transactions in hex'),
    maxfeerate: optional(
      feeRate('Refuse a fee above this many coins per 1,000 virtual bytes; 0: any'),
      FEE_RATE_MAX,
    ),
  },
  run: ({ rawtxs, maxfeerate }, node) => {
    if (rawtxs.length < 1 || rawtxs.length > PACKAGE_MAX)
      throw invalidParameter(`Array must contain between 1 and ${PACKAGE_MAX} transactions.`)
    const transactions = rawtxs.map((hex) =>
      readTransaction(String(hex), node, `TX decode failed: ${hex} Make sure the tx has at least one input.`),
    )
    return transactions.map((transaction) => judge(transaction, maxfeerate, node))
  },
})

function judge(transaction: Transaction, maxFeeRate: number, { view, now }: RpcNode) {
  const wtxid = hashToHex(transaction.wtxid)
  const ids = { txid: hashToHex(transaction.txid), wtxid }
  const outcome = view.pool.tryOut(transaction, Math.floor(now() / 1000))
  if (outcome.kind === 'known')
    return { ...ids, allowed: false, 'reject-reason': outcome.reason, 'reject-details': outcome.reason }
  if (outcome.kind === 'missing') return { ...ids, allowed: false, 'reject-reason': 'missing-inputs' }
  if (outcome.kind === 'refused')
    return {
      ...ids,
      allowed: false,
      'reject-reason': rejectString(outcome.rejection),
      'reject-details': rejectLine(outcome.rejection),
    }
  const { fee, vsize } = outcome.entry
  if (maxFeeRate > 0 && fee > feeAt(maxFeeRate, vsize))
    return { ...ids, allowed: false, 'reject-reason': 'max-fee-exceeded' }
  const rate = Math.trunc((fee * 1000) / vsize)
  return {
    ...ids,
    allowed: true,
    vsize,
    fees: { base: coins(fee), 'effective-feerate': coins(rate), 'effective-includes': [wtxid] },
  }
}
