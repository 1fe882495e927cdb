import { transactionTree } from '../../encoding/index.ts'
import { equal } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const merkleRoot: ConsensusRule<ContextFreeBlock> = rule({
  id: 'merkle-root',
  reason: 'bad-txnmrklroot',
  must: "A header's Merkle root MUST be that of the ids of the block's transactions in order, witnesses left out.",
  sources: ['Core validation.cpp CheckMerkleRoot'],
  rejection: 'mutated',
  check: ({ block }) => equal(transactionTree(block.transactions).root, block.header.merkleRoot),
})
