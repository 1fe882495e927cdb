import { holds, ok } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import { isCoinbase, isNullOutpoint } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const inputsNameOutputs: ConsensusRule<Transaction> = rule({
  id: 'inputs-name-outputs',
  reason: 'bad-txns-prevout-null',
  must: 'An input of a transaction other than a coinbase MUST NOT have the null outpoint (a txid of zeros, index 0xffffffff).',
  sources: ['Core consensus/tx_check.cpp CheckTransaction'],
  check: (transaction) => {
    if (isCoinbase(transaction)) return ok
    const index = transaction.inputs.findIndex((input) => isNullOutpoint(input.outpoint))
    return holds(index === -1, 'no null outpoint', `input ${index}`)
  },
})
