import { SPEND_ALL, withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const relativeLock: RuleFaults = {
  rule: 'relative-lock',
  edge: (subject, limits) => {
    const { transaction } = subject
    return transaction.inputs.map((input: { sequence: number }, index: number) => {
      const inputs = transaction.inputs.with(index, { ...input, sequence: input.sequence + 1 })
      return [{ ...subject, transaction: { ...transaction, inputs } }, limits]
    })
  },
  faults: [
    /** One block more than the coin is old, or just as many. [BIP68] */
    function locksItselfRelatively(ground) {
      const { parent, choice } = ground
      return withSpend(ground, (coin) => ({
        version: 2,
        inputs: [
          {
            spends: coin.reference,
            sequence: { blocks: Math.max(0, parent.height + 1 - coin.height + (choice % 2)) },
          },
        ],
        outputs: [...SPEND_ALL],
      }))
    },
  ],
}
