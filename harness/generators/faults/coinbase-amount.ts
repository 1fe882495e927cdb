import { pick } from '../choices.ts'
import { lowerFees } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const coinbaseAmount: RuleFaults = {
  rule: 'coinbase-amount',
  edge: lowerFees,
  faults: [
    function claimsAnotherAmount({ draft, honest, choice }) {
      const { maxMoneySats: max, initialSubsidySats: subsidy } = draft.chain.limits
      const value = pick(
        [
          { plus: 1 },
          { plus: 0 },
          { plus: 1 },
          { plus: -1 },
          subsidy,
          -1,
          0,
          max,
          max + 1,
          '9223372036854775807',
        ],
        choice,
      )
      return { faulty: { ...honest, coinbase: { ...honest.coinbase, value } } }
    },
  ],
}
