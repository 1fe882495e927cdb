import { within } from '../../language/index.ts'
import type { Sats } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const feesInRange: ConsensusRule<{ readonly feesSoFar: Sats }> = rule({
  id: 'fees-in-range',
  reason: 'bad-txns-accumulated-fee-outofrange',
  must: "The running total of a block's fees MUST be from 0 to `maxMoneySats` after each transaction.",
  sources: ['Core validation.cpp ConnectBlock'],
  limits: ['maxMoneySats'],
  check: ({ feesSoFar }, limits) => within(0n, limits.maxMoneySats, feesSoFar),
})
