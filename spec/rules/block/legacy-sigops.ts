import { WITNESS_SCALE_FACTOR } from '../../encoding/index.ts'
import { atMost } from '../../language/index.ts'
import { legacySigops as sigopsOf } from '../../script/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const legacySigops: ConsensusRule<ContextFreeBlock> = rule({
  id: 'legacy-sigops',
  reason: 'bad-blk-sigops',
  must: 'The signature operations in all input and output scripts of a block, run or not, MUST NOT cost more than `maxBlockSigopsCost` at 4 each (80,000 on mainnet): 1 for OP_CHECKSIG, 20 for OP_CHECKMULTISIG, the same for their VERIFY forms, up to the first instruction of a script that cannot be read.',
  sources: ['Core validation.cpp CheckBlock', 'Core consensus/tx_verify.cpp GetLegacySigOpCount'],
  limits: ['maxBlockSigopsCost'],
  check: ({ block }, limits) => {
    const count = block.transactions.reduce((sum, transaction) => sum + sigopsOf(transaction), 0)
    return atMost(limits.maxBlockSigopsCost, count * WITNESS_SCALE_FACTOR)
  },
})
