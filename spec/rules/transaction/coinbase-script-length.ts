import { ok, within } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import { isCoinbase } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const coinbaseScriptLength: ConsensusRule<Transaction> = rule({
  id: 'coinbase-script-length',
  reason: 'bad-cb-length',
  must: "A coinbase's input script MUST have 2 to 100 bytes.",
  sources: ['Core consensus/tx_check.cpp CheckTransaction'],
  check: (transaction) =>
    isCoinbase(transaction) ? within(2, 100, transaction.inputs[0]!.scriptSig.length) : ok,
})
