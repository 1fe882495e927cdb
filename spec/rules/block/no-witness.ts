import type { Outcome } from '../../language/index.ts'
import { holds, ok } from '../../language/index.ts'
import type { Block } from '../../vocabulary/index.ts'
import { hasWitness } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { BlockInContext } from '../subjects.ts'
import { commitmentIndex } from './witness-commitment-output.ts'

const sources = ['BIP141 §Commitment structure', 'Core validation.cpp CheckWitnessMalleation']

export const noWitness: ConsensusRule<Pick<BlockInContext, 'block'>> = rule({
  id: 'no-witness',
  reason: 'unexpected-witness',
  must: 'Before segwit is in force, a transaction in a block MUST NOT have a witness.',
  sources,
  rejection: 'mutated',
  check: ({ block }) => checkNoWitness(block),
})

export const noUncommittedWitness: ConsensusRule<Pick<BlockInContext, 'block'>> = rule({
  id: 'no-uncommitted-witness',
  reason: 'unexpected-witness',
  must: 'Once segwit is in force, a block without a witness commitment MUST NOT contain a transaction with a witness.',
  sources,
  rejection: 'mutated',
  check: ({ block }) => (commitmentIndex(block) === undefined ? checkNoWitness(block) : ok),
})

function checkNoWitness(block: Block): Outcome {
  const index = block.transactions.findIndex(hasWitness)
  return holds(index === -1, 'no witness', `one in transaction ${index}`)
}
