import { holds } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const hasOutputs: ConsensusRule<Transaction> = rule({
  id: 'has-outputs',
  reason: 'bad-txns-vout-empty',
  must: 'A transaction MUST have at least one output.',
  sources: ['Core consensus/tx_check.cpp CheckTransaction'],
  check: ({ outputs }) => holds(outputs.length > 0, 'at least 1 output', outputs.length),
})
