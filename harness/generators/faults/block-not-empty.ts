import type { RuleFaults } from './rule-faults.ts'

export const blockNotEmpty: RuleFaults = {
  rule: 'block-not-empty',
  company: {
    with: ['coinbase-first'],
    why: 'without a transaction there is no coinbase',
  },
  faults: [
    function hasNothing({ honest }) {
      return { faulty: { ...honest, omitCoinbase: true, transactions: [] } }
    },
  ],
}
