import { holds } from '../../language/index.ts'
import { isCoinbase } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const coinbaseOnce: ConsensusRule<ContextFreeBlock> = rule({
  id: 'coinbase-once',
  reason: 'bad-cb-multiple',
  must: 'A transaction after the first of a block MUST NOT be a coinbase (one input, whose outpoint is null).',
  sources: ['Core validation.cpp CheckBlock'],
  check: ({ block }) => {
    const index = block.transactions.findIndex((transaction, at) => at > 0 && isCoinbase(transaction))
    return holds(index === -1, 'no second coinbase', `transaction ${index}`)
  },
})
