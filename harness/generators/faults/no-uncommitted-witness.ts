import { pick } from '../choices.ts'
import { makePair } from '../pairs.ts'
import type { RuleFaults } from './rule-faults.ts'

export const noUncommittedWitness: RuleFaults = {
  rule: 'no-uncommitted-witness',
  faults: [
    function carriesAWitness({ draft, parent, honest, choice }) {
      const pair = makePair(draft, parent, {
        lock: { script: 'DROP 1', wrap: 'p2wsh' },
        unlock: { script: '7' },
      })
      if (pair === undefined) return undefined
      const witnessCommitment = pick(['none', 'auto', 'none', '22'.repeat(32)] as const, choice)
      return {
        faulty: { ...honest, transactions: pair, coinbase: { ...honest.coinbase, witnessCommitment } },
      }
    },
  ],
}
