import type { RuleFaults } from './rule-faults.ts'

export const merkleRoot: RuleFaults = {
  rule: 'merkle-root',
  faults: [
    function anotherMerkleRoot({ honest }) {
      return {
        faulty: { ...honest, edits: [{ field: 'merkleRoot', bytes: 'ab'.repeat(32) }], mine: 'after' },
      }
    },
  ],
}
