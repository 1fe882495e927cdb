import { around } from '../choices.ts'
import { SCALED, tighter } from './edges.ts'
import { FORGED_WEIGHT_MAX, withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const transactionSize: RuleFaults = {
  rule: 'transaction-size',
  edge: tighter('maxBlockWeight', SCALED),
  company: {
    with: ['block-size', 'block-weight'],
    why: 'the block is larger still',
  },
  limitUnconfirmedOnly: 'a block has a header and a coinbase beside the transaction',
  faults: [
    function isLargerThanABlock(ground) {
      const room = Math.floor(ground.draft.chain.limits.maxBlockWeight / 4)
      if (room * 4 > FORGED_WEIGHT_MAX) return undefined
      const raw = '00'.repeat(Math.max(0, room + around(ground.choice)))
      return withSpend(ground, (coin) => ({
        inputs: [{ spends: coin.reference }],
        outputs: [{ to: { raw }, value: 'rest' }],
      }))
    },
  ],
}
