import { strippedSize, WITNESS_SCALE_FACTOR } from '../../encoding/index.ts'
import { atMost } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const transactionSize: ConsensusRule<Transaction> = rule({
  id: 'transaction-size',
  reason: 'bad-txns-oversize',
  must: "A transaction's size without witness times 4 MUST NOT exceed `maxBlockWeight` (1,000,000 bytes on mainnet).",
  sources: ['Core consensus/tx_check.cpp CheckTransaction'],
  limits: ['maxBlockWeight'],
  check: (transaction, limits) =>
    atMost(limits.maxBlockWeight, strippedSize(transaction) * WITNESS_SCALE_FACTOR),
})
