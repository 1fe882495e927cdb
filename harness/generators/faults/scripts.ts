import { pick } from '../choices.ts'
import { makePair } from '../pairs.ts'
import type { RuleFaults } from './rule-faults.ts'

export const scripts: RuleFaults = {
  rule: 'scripts',
  faults: [
    function isWronglySigned({ draft, parent, honest, choice }) {
      const type = pick(['p2pkh', 'p2wpkh', 'p2tr', 'p2pk'] as const, choice)
      const pair = makePair(draft, parent, { lock: { key: 'alice', type }, unlock: { keys: ['bob'] } })
      return pair && { faulty: { ...honest, transactions: pair } }
    },
  ],
}
