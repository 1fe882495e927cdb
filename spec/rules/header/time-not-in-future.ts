import { atMost } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { HeaderInContext } from '../subjects.ts'

export const timeNotInFuture: ConsensusRule<HeaderInContext> = rule({
  id: 'time-not-in-future',
  reason: 'time-too-new',
  must: "A header's time MUST NOT be more than `maxFutureSeconds` ahead of the judging node's clock (7,200 on mainnet).",
  sources: ['Core chain.h MAX_FUTURE_BLOCK_TIME'],
  limits: ['maxFutureSeconds'],
  rejection: 'premature',
  check: ({ header, now }, limits) => atMost(now + limits.maxFutureSeconds, header.time),
})
