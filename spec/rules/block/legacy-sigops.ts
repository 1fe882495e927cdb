import { WITNESS_SCALE_FACTOR } from '../../encoding/index.ts'
import { atMost } from '../../language/index.ts'
import { legacySigops as sigopsOf } from '../../script/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const legacySigops: ConsensusRule<ContextFreeBlock> = rule({
  id: 'legacy-sigops',
  reason: 'bad-blk-sigops',
  must: 'The signature operations in all input and output scripts of a block, 20 for each OP_CHECKMULTISIG, MUST NOT cost more than `maxBlockSigopsCost` at 4 each.',
  sources: ['Core validation.cpp CheckBlock', 'Core consensus/tx_verify.cpp GetLegacySigOpCount'],
  limits: ['maxBlockSigopsCost'],
  check: ({ block }, limits) => {
    const count = block.transactions.reduce((sum, transaction) => sum + sigopsOf(transaction), 0)
    return atMost(limits.maxBlockSigopsCost, count * WITNESS_SCALE_FACTOR)
  },
})
