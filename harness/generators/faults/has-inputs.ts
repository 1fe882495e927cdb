import { pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const hasInputs: RuleFaults = {
  rule: 'has-inputs',
  company: {
    with: ['has-outputs'],
    why: 'without inputs but with outputs the bytes would be read as a mark of witnesses',
  },
  faults: [
    function holdsAnEmptyTransaction({ draft, honest, choice }) {
      const { name } = draft.addTransaction({
        raw: pick(['02000000000000000000', '01000000000007000000'], choice),
      })
      return { faulty: { ...honest, transactions: [...(honest.transactions ?? []), name] } }
    },
  ],
}
