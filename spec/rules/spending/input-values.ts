import { ok, within } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { InputSpend } from '../subjects.ts'

export const inputValues: ConsensusRule<Pick<InputSpend, 'coin' | 'valueSoFar'>> = rule({
  id: 'input-values',
  reason: 'bad-txns-inputvalues-outofrange',
  must: 'The value of each coin that a transaction spends, and the running total of them, MUST be from 0 to `maxMoneySats`.',
  sources: ['Core consensus/tx_verify.cpp CheckTxInputs'],
  limits: ['maxMoneySats'],
  check: ({ coin, valueSoFar }, { maxMoneySats }) => {
    const single = within(0n, maxMoneySats, coin.output.value)
    return single === ok ? within(0n, maxMoneySats, valueSoFar) : single
  },
})
