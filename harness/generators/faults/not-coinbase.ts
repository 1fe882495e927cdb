import type { RuleFaults } from './rule-faults.ts'

export const notCoinbase: RuleFaults = {
  rule: 'not-coinbase',
  unconfirmedOnly: 'the rule is not asked of blocks',
  faults: [],
}
