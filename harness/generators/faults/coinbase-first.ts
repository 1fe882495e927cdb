import type { RuleFaults } from './rule-faults.ts'

export const coinbaseFirst: RuleFaults = {
  rule: 'coinbase-first',
  faults: [
    function hasNoCoinbase({ honest }) {
      return { faulty: { ...honest, omitCoinbase: true } }
    },
  ],
}
