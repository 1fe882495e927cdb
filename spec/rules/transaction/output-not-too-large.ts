import { atMost } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { OutputInOrder } from './outputs-in-order.ts'

export const outputNotTooLarge: ConsensusRule<OutputInOrder> = rule({
  id: 'output-not-too-large',
  reason: 'bad-txns-vout-toolarge',
  must: "An output's value MUST NOT exceed `maxMoneySats`.",
  sources: ['CVE-2010-5139', 'Core consensus/tx_check.cpp CheckTransaction'],
  limits: ['maxMoneySats'],
  check: ({ value }, limits) => atMost(limits.maxMoneySats, value),
})
