import { holds } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const hasInputs: ConsensusRule<Transaction> = rule({
  id: 'has-inputs',
  reason: 'bad-txns-vin-empty',
  must: 'A transaction MUST have at least one input.',
  sources: ['Core consensus/tx_check.cpp CheckTransaction'],
  check: ({ inputs }) => holds(inputs.length > 0, 'at least 1 input', inputs.length),
})
