import { atLeast } from '../../language/index.ts'
import type { Output, Transaction } from '../../vocabulary/index.ts'
import { sumSats } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const valueConserved: ConsensusRule<{
  readonly transaction: Transaction
  readonly spentOutputs: readonly Output[]
}> = rule({
  id: 'value-conserved',
  reason: 'bad-txns-in-belowout',
  must: "The sum of a transaction's outputs MUST NOT exceed the sum of its inputs, unless it is a coinbase.",
  sources: ['Core consensus/tx_verify.cpp CheckTxInputs'],
  check: ({ transaction, spentOutputs }) =>
    atLeast(
      sumSats(transaction.outputs.map((output) => output.value)),
      sumSats(spentOutputs.map((output) => output.value)),
    ),
})
