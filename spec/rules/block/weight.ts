import { blockWeight as weightOf } from '../../encoding/index.ts'
import { atMost } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { BlockInContext } from '../subjects.ts'

export const blockWeight: ConsensusRule<Pick<BlockInContext, 'block'>> = rule({
  id: 'block-weight',
  reason: 'bad-blk-weight',
  must: "Once segwit is in force, a block's weight, three times its size without witnesses plus its whole size, MUST NOT exceed `maxBlockWeight` (4,000,000 on mainnet).",
  sources: ['BIP141 §Block size', 'Core validation.cpp ContextualCheckBlock'],
  limits: ['maxBlockWeight'],
  check: ({ block }, limits) => atMost(limits.maxBlockWeight, weightOf(block)),
})
