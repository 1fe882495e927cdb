import { within } from '../../language/index.ts'
import type { Sats } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

/** Cannot fire where the rules before it hold; Core asks all the same. */
export const feeInRange: ConsensusRule<{ readonly fee: Sats }> = rule({
  id: 'fee-in-range',
  reason: 'bad-txns-fee-outofrange',
  must: "A transaction's fee MUST be from 0 to `maxMoneySats`.",
  sources: ['Core consensus/tx_verify.cpp CheckTxInputs'],
  limits: ['maxMoneySats'],
  check: ({ fee }, limits) => within(0n, limits.maxMoneySats, fee),
})
