import type { RuleFaults } from './rule-faults.ts'

export const proofOfWork: RuleFaults = {
  rule: 'proof-of-work',
  faults: [
    function missesTheTarget({ honest }) {
      return { faulty: { ...honest, mine: 'fail' } }
    },
  ],
}
