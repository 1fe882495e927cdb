import { lessMoney } from './edges.ts'
import { gatherHoard } from './hoard.ts'
import type { RuleFaults } from './rule-faults.ts'

export const feesInRange: RuleFaults = {
  rule: 'fees-in-range',
  weight: 3,
  edge: lessMoney,
  faults: [
    /** Two transactions leave it to the miner together. */
    function leavesAllThereIs(ground) {
      const { draft, honest } = ground
      const hoard = gatherHoard(ground)
      if (hoard === undefined || hoard.coins.length === 0) return undefined
      const spenders = [hoard.coins, [hoard.part]].map((coins) =>
        draft.addTransaction({
          inputs: coins.map((spends) => ({ spends })),
          outputs: [{ to: 'anyone', value: 0 }],
        }),
      )
      const transactions = [hoard.splitter, ...spenders.map(({ name }) => name)]
      return { faulty: { ...honest, transactions, coinbase: { ...honest.coinbase, value: 0 } } }
    },
  ],
}
