import { withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const hasOutputs: RuleFaults = {
  rule: 'has-outputs',
  faults: [
    function paysNobody(ground) {
      return withSpend(ground, (coin) => ({ inputs: [{ spends: coin.reference }], outputs: [] }))
    },
  ],
}
