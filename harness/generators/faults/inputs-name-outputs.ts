import { NO_OUTPUT, withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const inputsNameOutputs: RuleFaults = {
  rule: 'inputs-name-outputs',
  company: {
    with: ['inputs-unspent'],
    why: 'the name of no output is the name of no coin',
  },
  faults: [
    function spendsNoOutputBesideACoin(ground) {
      return withSpend(ground, (coin) => ({
        inputs: [{ spends: coin.reference }, { spends: NO_OUTPUT }],
        outputs: [{ to: 'anyone', value: 0 }],
      }))
    },
  ],
}
