import { holds } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import { isCoinbase } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const notCoinbase: ConsensusRule<Transaction> = rule({
  id: 'not-coinbase',
  reason: 'coinbase',
  must: 'An unconfirmed transaction MUST NOT be a coinbase.',
  sources: ['Core validation.cpp MemPoolAccept::PreChecks'],
  check: (transaction) => holds(!isCoinbase(transaction), 'no coinbase', 'one'),
})
