import { around } from '../choices.ts'
import { SCALED, tighter } from './edges.ts'
import { withOutput } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

const MULTISIG_COST = 20

export const legacySigops: RuleFaults = {
  rule: 'legacy-sigops',
  weight: 3,
  edge: tighter('maxBlockSigopsCost', SCALED),
  company: {
    with: ['sigop-cost'],
    why: 'the whole cost is no smaller',
  },
  faults: [
    function countsSigops({ draft, honest, choice }) {
      const allowed = Math.floor(draft.chain.limits.maxBlockSigopsCost / 4)
      const edge = around(choice >> 1)
      const raw =
        choice % 2 === 0
          ? 'ac'.repeat(allowed + edge)
          : `${'ae'.repeat(Math.floor(allowed / MULTISIG_COST))}${'ac'.repeat(Math.max(0, (allowed % MULTISIG_COST) + edge))}`
      return { faulty: withOutput({ ...honest, transactions: [] }, raw) }
    },
  ],
}
