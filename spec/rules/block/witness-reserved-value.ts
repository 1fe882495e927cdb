import { holds, ok } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { BlockInContext } from '../subjects.ts'
import { commitmentIndex } from './witness-commitment-output.ts'

export const witnessReservedValue: ConsensusRule<Pick<BlockInContext, 'block'>> = rule({
  id: 'witness-reserved-value',
  reason: 'bad-witness-nonce-size',
  must: "Once segwit is in force, when the coinbase has a witness commitment, its input's witness MUST be exactly one item of 32 bytes, the reserved value.",
  sources: ['BIP141 §Commitment structure', 'Core validation.cpp CheckWitnessMalleation'],
  rejection: 'mutated',
  check: ({ block }) => {
    if (commitmentIndex(block) === undefined) return ok
    const lengths = block.transactions[0]!.inputs[0]!.witness.map((item) => item.length)
    return holds(lengths.length === 1 && lengths[0] === 32, 'one item of 32 bytes', `lengths [${lengths}]`)
  },
})
