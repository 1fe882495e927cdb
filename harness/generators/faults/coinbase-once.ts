import { pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const coinbaseOnce: RuleFaults = {
  rule: 'coinbase-once',
  faults: [
    function hasTwoCoinbases({ draft, honest, choice }) {
      const { name } = draft.addTransaction({
        inputs: [
          {
            spends: { txid: '00'.repeat(32), index: 0xffffffff },
            unlock: { scriptSig: pick(['0101', '0101', '01'], choice) },
          },
        ],
        outputs: [{ to: 'anyone', value: 0 }],
      })
      return { faulty: { ...honest, transactions: [...(honest.transactions ?? []), name] } }
    },
  ],
}
