import { pick } from '../choices.ts'
import { SOLUTIONS } from '../signet.ts'
import type { Fault } from './fault.ts'

/** What a signet's block shows instead of the solution. */
export const SIGNET_FAULTS: readonly Fault[] = [
  function solvesOtherwise({ draft, honest, choice }) {
    return draft.isSignet ? { faulty: honest, solution: pick(SOLUTIONS, choice) } : undefined
  },
  function movesWhatWasSigned({ draft, parent, honest, choice }) {
    if (!draft.isSignet) return undefined
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
]
