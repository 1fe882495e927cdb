import { SPEND_ALL, withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const distinctInputs: RuleFaults = {
  rule: 'distinct-inputs',
  faults: [
    function spendsOneCoinTwice(ground) {
      return withSpend(ground, ({ reference }) => ({
        inputs: [{ spends: reference }, { spends: reference }],
        outputs: [...SPEND_ALL],
      }))
    },
  ],
}
