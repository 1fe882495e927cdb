import { lessMoney } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const feeInRange: RuleFaults = {
  rule: 'fee-in-range',
  edge: lessMoney,
  company: {
    with: ['input-values', 'fees-in-range', 'coinbase-amount'],
    why: 'a fee is part of what the inputs are worth; never the first to be broken',
  },
  faults: [],
}
