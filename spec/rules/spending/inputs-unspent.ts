import { holds } from '../../language/index.ts'
import { outpointKey } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { TransactionSpend } from '../subjects.ts'

export const inputsUnspent: ConsensusRule<Pick<TransactionSpend, 'transaction' | 'coins'>> = rule({
  id: 'inputs-unspent',
  reason: 'bad-txns-inputs-missingorspent',
  must: 'Each input of a transaction other than a coinbase MUST spend an unspent output of an earlier transaction of the branch or of the block; genesis outputs, and scripts that start with OP_RETURN or exceed 10,000 bytes, make no such output.',
  sources: ['Core consensus/tx_verify.cpp CheckTxInputs'],
  unconfirmed: { rejection: 'missing' },
  check: ({ transaction, coins }) => {
    const index = coins.indexOf(undefined)
    const input = transaction.inputs[index]
    return holds(index === -1, 'an unspent coin', input && outpointKey(input.outpoint))
  },
})
