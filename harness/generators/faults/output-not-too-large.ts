import { pick } from '../choices.ts'
import { lessMoney } from './edges.ts'
import { withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const outputNotTooLarge: RuleFaults = {
  rule: 'output-not-too-large',
  edge: lessMoney,
  company: {
    with: ['output-total', 'value-conserved', 'coinbase-amount'],
    why: 'the sum of the outputs is no smaller, and nothing that may be spent is worth so much',
  },
  faults: [
    function paysMoreThanThereIs(ground) {
      const max = ground.draft.chain.limits.maxMoneySats
      const value = pick([max + 1, max, '9223372036854775807'], ground.choice)
      return withSpend(ground, (coin) => ({
        inputs: [{ spends: coin.reference }],
        outputs: [{ to: 'anyone', value }],
      }))
    },
  ],
}
