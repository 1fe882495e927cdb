import { withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const valueConserved: RuleFaults = {
  rule: 'value-conserved',
  edge: (subject, limits) => {
    const { transaction } = subject
    const [first, ...rest] = transaction.outputs
    if (first === undefined) return []
    const outputs = [{ ...first, value: first.value + 1n }, ...rest]
    return [[{ ...subject, transaction: { ...transaction, outputs } }, limits]]
  },
  faults: [
    function paysOutMoreThanItTakesIn(ground) {
      return withSpend(ground, (coin) => ({
        inputs: [{ spends: coin.reference }],
        outputs: [{ to: 'anyone', value: Number(coin.value) + (ground.choice % 2) }],
      }))
    },
  ],
}
