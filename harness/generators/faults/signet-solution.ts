import { pick } from '../choices.ts'
import { SOLUTIONS } from '../signet.ts'
import type { RuleFaults } from './rule-faults.ts'

export const signetSolution: RuleFaults = {
  rule: 'signet-solution',
  weight: 3,
  on: (draft) => draft.isSignet,
  faults: [
    function solvesOtherwise({ honest, choice }) {
      return { faulty: honest, solution: pick(SOLUTIONS, choice) }
    },
    function movesWhatWasSigned({ parent, honest, choice }) {
      const version = pick(['00000020', '04000020'], choice)
      const time = Buffer.alloc(4)
      time.writeUInt32LE(parent.time + 601 + (choice % 2))
      const edit = pick(
        [
          { field: 'time', bytes: time.toString('hex') } as const,
          { field: 'version', bytes: version } as const,
        ],
        choice >> 1,
      )
      return { faulty: { ...honest, edits: [edit], mine: 'after' } }
    },
  ],
}
