import { pick } from '../choices.ts'
import { withOutput } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const witnessCommitment: RuleFaults = {
  rule: 'witness-commitment',
  faults: [
    function commitsOtherwise({ honest, choice }) {
      const witnessCommitment = pick(['none', 'always', '22'.repeat(32)] as const, choice)
      return { faulty: { ...honest, coinbase: { ...honest.coinbase, witnessCommitment } } }
    },
    function commitsTwice({ honest, choice }) {
      const raw = pick(
        [
          `6a24aa21a9ed${'33'.repeat(32)}`,
          `6a24aa21a9ed${'33'.repeat(31)}`,
          `6a25aa21a9ed${'33'.repeat(33)}`,
        ],
        choice,
      )
      const coinbase = {
        ...honest.coinbase,
        witnessCommitment: pick(['always', 'none'] as const, Math.floor(choice / 3)),
      }
      return { faulty: withOutput({ ...honest, coinbase }, raw) }
    },
  ],
}
