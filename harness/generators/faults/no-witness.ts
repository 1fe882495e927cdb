import type { RuleFaults } from './rule-faults.ts'

export const noWitness: RuleFaults = {
  rule: 'no-witness',
  faults: [
    function addsAWitness({ draft, honest, choice }) {
      const original = draft.addBlock(honest)
      const transaction = choice % 2 === 0 ? 0 : Math.min(1, original.transactions.length)
      return { faulty: { copyOf: original.name, edits: [{ transaction, witness: ['07'] }] }, original }
    },
  ],
}
