import { broken, ok } from '../../language/index.ts'
import type { Transaction } from '../../vocabulary/index.ts'
import { outpointKey } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const distinctInputs: ConsensusRule<Transaction> = rule({
  id: 'distinct-inputs',
  reason: 'bad-txns-inputs-duplicate',
  must: 'A transaction MUST NOT have two inputs with the same outpoint.',
  sources: ['CVE-2018-17144', 'Core consensus/tx_check.cpp CheckTransaction'],
  check: ({ inputs }) => {
    const keys = inputs.map((input) => outpointKey(input.outpoint))
    const repeated = keys.find((key, index) => keys.indexOf(key) !== index)
    return new Set(keys).size === keys.length ? ok : broken('distinct outpoints', repeated)
  },
})
