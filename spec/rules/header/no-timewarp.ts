import { atLeast, ok } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { HeaderInContext } from '../subjects.ts'

/** [Core consensus/consensus.h MAX_TIMEWARP] */
const MAX_TIMEWARP_SECONDS = 600

export const noTimewarp: ConsensusRule<HeaderInContext> = rule({
  id: 'no-timewarp',
  reason: 'time-timewarp-attack',
  must: 'On chains that enforce BIP94, a header whose height is a multiple of `retargetIntervalBlocks` MUST NOT be more than 600 seconds earlier than its parent.',
  sources: ['BIP94 §Time warp fix'],
  limits: ['enforceBip94', 'retargetIntervalBlocks'],
  check: ({ header, parent }, limits) =>
    limits.enforceBip94 && (parent.height + 1) % limits.retargetIntervalBlocks === 0
      ? atLeast(parent.header.time - MAX_TIMEWARP_SECONDS, header.time)
      : ok,
})
