import { pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const difficulty: RuleFaults = {
  rule: 'difficulty',
  faults: [
    function otherBits({ honest, choice }) {
      return {
        faulty: {
          ...honest,
          bits: pick(['207ffffe', '203fffff', '201fffff', '2000ffff', '1f7fffff'], choice),
        },
      }
    },
    /** From so late on a block may be easiest, on chains that allow it. [Core pow.cpp GetNextWorkRequired] */
    function comesLate({ draft, parent, honest, choice }) {
      const late = parent.time + 2 * draft.chain.limits.targetSpacingSeconds
      return { faulty: { ...honest, time: late + (choice % 2) } }
    },
  ],
}
