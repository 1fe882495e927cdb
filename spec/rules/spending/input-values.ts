import { ok, within } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { InputSpend } from '../subjects.ts'

export const inputValues: ConsensusRule<Pick<InputSpend, 'coin' | 'valueSoFar'>> = rule({
  id: 'input-values',
  reason: 'bad-txns-inputvalues-outofrange',
  must: 'Each value that is spent, and their sum, MUST lie between nothing and all the money there can be.',
  sources: ['Core consensus/tx_verify.cpp CheckTxInputs'],
  limits: ['maxMoneySats'],
  check: ({ coin, valueSoFar }, { maxMoneySats }) => {
    const single = within(0n, maxMoneySats, coin.output.value)
    return single === ok ? within(0n, maxMoneySats, valueSoFar) : single
  },
})
