import { makePair } from '../pairs.ts'
import type { RuleFaults } from './rule-faults.ts'

export const merkleUnambiguous: RuleFaults = {
  rule: 'merkle-unambiguous',
  company: {
    with: ['inputs-unspent', 'coinbase-once', 'no-overwrite', 'witness-commitment'],
    why: 'a transaction that stands there twice spends its coins twice',
  },
  faults: [
    /** Of three transactions the last is paired with itself; of two or four, nothing is paired so. */
    function repeatsTheTail({ draft, parent, honest, choice }) {
      const pair = makePair(draft, parent, { lock: 'anyone' })
      const transactions = pair === undefined || choice % 4 === 0 ? honest.transactions : pair
      const original = draft.addBlock({ ...honest, transactions })
      const repeatLast = 1 + Math.min(Number(choice % 4 === 1), original.transactions.length)
      return { faulty: { copyOf: original.name, repeatLast }, original }
    },
  ],
}
