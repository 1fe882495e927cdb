import { atMost } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const sigopCost: ConsensusRule<{ readonly sigopCostSoFar: number }> = rule({
  id: 'sigop-cost',
  reason: 'bad-blk-sigops',
  must: "A block's signature operations, those of redeem and witness scripts included, MUST NOT cost more than the limit.",
  sources: ['BIP141 §Sigops', 'Core consensus/tx_verify.cpp GetTransactionSigOpCost'],
  limits: ['maxBlockSigopsCost'],
  unconfirmed: { reason: 'bad-txns-too-many-sigops' },
  check: ({ sigopCostSoFar }, limits) => atMost(limits.maxBlockSigopsCost, sigopCostSoFar),
})
