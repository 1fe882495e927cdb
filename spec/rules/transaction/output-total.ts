import { within } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { OutputInOrder } from './outputs-in-order.ts'

export const outputTotal: ConsensusRule<OutputInOrder> = rule({
  id: 'output-total',
  reason: 'bad-txns-txouttotal-toolarge',
  must: "The running total of a transaction's outputs MUST NOT exceed `maxMoneySats`.",
  sources: ['CVE-2010-5139', 'Core consensus/tx_check.cpp CheckTransaction'],
  limits: ['maxMoneySats'],
  check: ({ totalSoFar }, limits) => within(0n, limits.maxMoneySats, totalSoFar),
})
