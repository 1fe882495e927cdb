import { pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const witnessReservedValue: RuleFaults = {
  rule: 'witness-reserved-value',
  faults: [
    function altersTheReservedValue({ draft, honest, choice }) {
      const original = draft.addBlock({
        ...honest,
        coinbase: { ...honest.coinbase, witnessCommitment: 'always' },
      })
      const zeros = '00'.repeat(32)
      const witness = pick(
        [[], ['00'.repeat(31)], ['01'.repeat(32)], [zeros, ''], [zeros, zeros], ['00'.repeat(33)]],
        choice,
      )
      return { faulty: { copyOf: original.name, edits: [{ transaction: 0, witness }] }, original }
    },
  ],
}
