import { pick } from '../choices.ts'
import { laterLock } from './edges.ts'
import { SPEND_ALL, withSpend } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const finalByBlockTime: RuleFaults = {
  rule: 'final-by-block-time',
  edge: laterLock,
  faults: [
    function locksToTheBlocksTime(ground) {
      const { parent, honest, choice } = ground
      const time = parent.time + 600
      const lockTime = pick([time, time - 1, time + 1, parent.height, parent.height + 1], choice)
      return withSpend({ ...ground, honest: { ...honest, time } }, (coin) => ({
        lockTime,
        inputs: [{ spends: coin.reference, sequence: 0xfffffffe }],
        outputs: [...SPEND_ALL],
      }))
    },
  ],
}
