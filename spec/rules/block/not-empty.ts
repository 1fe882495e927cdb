import { atLeast } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const notEmpty: ConsensusRule<ContextFreeBlock> = rule({
  id: 'block-not-empty',
  reason: 'bad-blk-length',
  must: 'A block MUST have at least one transaction.',
  sources: ['Core validation.cpp CheckBlock'],
  check: ({ block }) => atLeast(1, block.transactions.length),
})
