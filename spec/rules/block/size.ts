import { strippedBlockSize, WITNESS_SCALE_FACTOR } from '../../encoding/index.ts'
import { atMost } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const blockSize: ConsensusRule<ContextFreeBlock> = rule({
  id: 'block-size',
  reason: 'bad-blk-length',
  must: "A block's size without witnesses times 4 MUST NOT exceed `maxBlockWeight` (at most 1,000,000 bytes on mainnet).",
  sources: ['Core validation.cpp CheckBlock'],
  limits: ['maxBlockWeight'],
  check: ({ block }, limits) =>
    atMost(limits.maxBlockWeight, strippedBlockSize(block) * WITNESS_SCALE_FACTOR),
})
