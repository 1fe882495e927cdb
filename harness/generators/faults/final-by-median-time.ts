import { pick } from '../choices.ts'
import { laterLock } from './edges.ts'
import { SPEND_ALL, withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const finalByMedianTime: RuleFaults = {
  rule: 'final-by-median-time',
  edge: laterLock,
  faults: [
    function locksToTheMedianTime(ground) {
      const { parent, choice } = ground
      const { medianTime, height } = parent
      const lockTime = pick([medianTime, medianTime - 1, medianTime + 1, height, height + 1], choice)
      return withSpend(ground, (coin) => ({
        lockTime,
        inputs: [{ spends: coin.reference, sequence: 0xfffffffe }],
        outputs: [...SPEND_ALL],
      }))
    },
  ],
}
