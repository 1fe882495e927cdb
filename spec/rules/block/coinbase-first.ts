import { holds } from '../../language/index.ts'
import { isCoinbase } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const coinbaseFirst: ConsensusRule<ContextFreeBlock> = rule({
  id: 'coinbase-first',
  reason: 'bad-cb-missing',
  must: 'The first transaction of a block MUST be a coinbase.',
  sources: ['Core validation.cpp CheckBlock'],
  check: ({ block }) => {
    const [first] = block.transactions
    return holds(first !== undefined && isCoinbase(first), 'a coinbase', 'none')
  },
})
