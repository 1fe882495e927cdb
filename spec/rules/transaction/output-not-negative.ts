import { atLeast } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { OutputInOrder } from './outputs-in-order.ts'

export const outputNotNegative: ConsensusRule<OutputInOrder> = rule({
  id: 'output-not-negative',
  reason: 'bad-txns-vout-negative',
  must: "An output's value, read as a signed 64-bit number, MUST NOT be negative.",
  sources: ['CVE-2010-5139', 'Core consensus/tx_check.cpp CheckTransaction'],
  check: ({ value }) => atLeast(0n, value),
})
