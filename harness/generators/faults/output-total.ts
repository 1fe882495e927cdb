import { pick } from '../choices.ts'
import { lessMoney } from './edges.ts'
import { withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const outputTotal: RuleFaults = {
  rule: 'output-total',
  edge: lessMoney,
  company: {
    with: ['value-conserved', 'coinbase-amount'],
    why: 'nothing that may be spent is worth so much',
  },
  faults: [
    /** Summed as 64 bits, the largest would come to less than nothing. [CVE-2010-5139] */
    function paysMoreThanThereIsInAll(ground) {
      const max = ground.draft.chain.limits.maxMoneySats
      const values = pick<readonly (number | string)[]>(
        [
          [max, 1],
          [max - 1, 1],
          ['9223372036854775806', '9223372036854775806'],
        ],
        ground.choice,
      )
      return withSpend(ground, (coin) => ({
        inputs: [{ spends: coin.reference }],
        outputs: values.map((value) => ({ to: 'anyone', value })),
      }))
    },
  ],
}
