import { transactionTree } from '../../encoding/index.ts'
import { holds } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const merkleUnambiguous: ConsensusRule<ContextFreeBlock> = rule({
  id: 'merkle-unambiguous',
  reason: 'bad-txns-duplicate',
  must: "A level of a block's Merkle tree MUST NOT pair two equal hashes of different places; a shorter list of transactions could have the same root.",
  sources: ['CVE-2012-2459', 'Core consensus/merkle.cpp ComputeMerkleRoot'],
  rejection: 'mutated',
  check: ({ block }) =>
    holds(!transactionTree(block.transactions).isMutated, 'no pair of equal hashes', 'one'),
})
