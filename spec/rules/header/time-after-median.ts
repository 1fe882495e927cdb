import { atLeast } from '../../language/index.ts'
import { medianTimePast } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { HeaderInContext } from '../subjects.ts'

export const timeAfterMedian: ConsensusRule<HeaderInContext> = rule({
  id: 'time-after-median',
  reason: 'time-too-old',
  must: "A header's time MUST be later than the median of the times of the last `medianTimeSpanBlocks` blocks below it (11 on mainnet), or of all where there are fewer; of an even number the upper middle one counts.",
  sources: ['Core validation.cpp ContextualCheckBlockHeader'],
  limits: ['medianTimeSpanBlocks'],
  check: ({ header, parent }, limits) =>
    atLeast(medianTimePast(parent, limits.medianTimeSpanBlocks) + 1, header.time),
})
