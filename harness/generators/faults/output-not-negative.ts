import { pick } from '../choices.ts'
import { withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const outputNotNegative: RuleFaults = {
  rule: 'output-not-negative',
  edge: (subject, limits) => [[{ ...subject, value: subject.value - 1n }, limits]],
  faults: [
    function paysLessThanNothing(ground) {
      return withSpend(ground, (coin) => ({
        inputs: [{ spends: coin.reference }],
        outputs: pick<readonly (number | string)[]>(
          [[-1], [0], [5, -1], ['-9223372036854775808']],
          ground.choice,
        ).map((value) => ({ to: 'anyone', value })),
      }))
    },
  ],
}
