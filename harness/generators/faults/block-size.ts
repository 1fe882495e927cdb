import { around } from '../choices.ts'
import { SCALED, tighter } from './edges.ts'
import { FORGED_WEIGHT_MAX, withOutput } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const blockSize: RuleFaults = {
  rule: 'block-size',
  weight: 3,
  edge: tighter('maxBlockWeight', SCALED),
  faults: [
    function measuresMuch({ draft, honest, choice }) {
      const room = Math.floor(draft.chain.limits.maxBlockWeight / 4)
      if (room * 4 > FORGED_WEIGHT_MAX) return undefined
      const bare = { ...honest, transactions: [] }
      // Any script of this size has a length of three bytes.
      const filler = room - draft.probe(withOutput(bare, '00'.repeat(300))).bytes.length + 300
      return { faulty: withOutput(bare, '00'.repeat(Math.max(0, filler + around(choice)))) }
    },
  ],
}
