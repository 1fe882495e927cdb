import { atMost } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const sigopCost: ConsensusRule<{ readonly sigopCostSoFar: number }> = rule({
  id: 'sigop-cost',
  reason: 'bad-blk-sigops',
  must: "A block's signature operations MUST NOT cost more than `maxBlockSigopsCost`: 4 each in input, output and redeem scripts, 1 each in version 0 witness scripts, and 1 for a version 0 key hash.",
  sources: ['BIP141 §Sigops', 'Core consensus/tx_verify.cpp GetTransactionSigOpCost'],
  limits: ['maxBlockSigopsCost'],
  unconfirmed: { reason: 'bad-txns-too-many-sigops' },
  check: ({ sigopCostSoFar }, limits) => atMost(limits.maxBlockSigopsCost, sigopCostSoFar),
})
