import { pick } from '../choices.ts'
import { lowerFees } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

/** After so many there is no subsidy. [BIP42] */
const HALVINGS = 64

export const subsidyEnds: RuleFaults = {
  rule: 'subsidy-ends',
  weight: 3,
  edge: lowerFees,
  faults: [
    function claimsAfterTheEnd({ draft, parent, honest, choice }) {
      const { halvingIntervalBlocks, initialSubsidySats } = draft.chain.limits
      if (parent.height + 1 < HALVINGS * halvingIntervalBlocks) return undefined
      const value = pick([{ plus: 1 }, initialSubsidySats, { plus: 0 }], choice)
      return { faulty: { ...honest, coinbase: { ...honest.coinbase, value } } }
    },
  ],
}
