import { pick } from '../choices.ts'
import { headerMoved } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

/** [Core consensus/consensus.h MAX_TIMEWARP] */
const TIMEWARP_SECONDS_MAX = 600

export const noTimewarp: RuleFaults = {
  rule: 'no-timewarp',
  weight: 3,
  edge: headerMoved('time'),
  faults: [
    function warpsTime({ draft, parent, honest, choice }) {
      const { retargetIntervalBlocks: interval, enforceBip94 } = draft.chain.limits
      const depth = (parent.height + 1) % interval
      if (!enforceBip94 || parent.height <= depth) return undefined
      const last = draft.ancestor(parent, depth)
      // The median must lie further back than the edge.
      const time = last.time - TIMEWARP_SECONDS_MAX + pick([0, -1, 1], choice)
      return { faulty: { ...honest, extends: last.name, transactions: [], time } }
    },
  ],
}
