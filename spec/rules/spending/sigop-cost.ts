import { atMost } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const sigopCost: ConsensusRule<{ readonly sigopCostSoFar: number }> = rule({
  id: 'sigop-cost',
  reason: 'bad-blk-sigops',
  must: "A block's signature operations MUST NOT cost more than `maxBlockSigopsCost` (80,000 on mainnet): 4 each in input and output scripts, where pay-to-script-hash is in force in redeem scripts too, and where witnesses are 1 each in version 0 witness scripts and 1 for a version 0 key hash; a multisignature counts as 20, but in redeem and witness scripts as its keys where OP_1 to OP_16 stands right before it.",
  sources: ['BIP141 §Sigops', 'Core consensus/tx_verify.cpp GetTransactionSigOpCost'],
  limits: ['maxBlockSigopsCost'],
  unconfirmed: { reason: 'bad-txns-too-many-sigops' },
  check: ({ sigopCostSoFar }, limits) => atMost(limits.maxBlockSigopsCost, sigopCostSoFar),
})
