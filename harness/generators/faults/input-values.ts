import { pick } from '../choices.ts'
import { lessMoney } from './edges.ts'
import { gatherHoard } from './hoard.ts'
import type { RuleFaults } from './rule-faults.ts'

export const inputValues: RuleFaults = {
  rule: 'input-values',
  weight: 3,
  edge: lessMoney,
  faults: [
    /** One transaction spends it, and pays it out or leaves all or most of it to the miner. */
    function spendsAllThereIs(ground) {
      const { draft, honest, choice } = ground
      const hoard = gatherHoard(ground)
      if (hoard === undefined) return undefined
      const value = pick([0, 5, Number(hoard.total)], Math.floor(choice / 5))
      const spender = draft.addTransaction({
        inputs: [...hoard.coins, hoard.part].map((spends) => ({ spends })),
        outputs: [{ to: 'anyone', value }],
      })
      const transactions = [hoard.splitter, spender.name]
      return { faulty: { ...honest, transactions, coinbase: { ...honest.coinbase, value: 0 } } }
    },
  ],
}
