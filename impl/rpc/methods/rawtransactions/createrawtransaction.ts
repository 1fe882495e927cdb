import { bytesToHex, encodeTransaction } from '../../../wire/index.ts'
import { constructTransaction } from '../../construct-transaction.ts'
import { method } from '../../method.ts'
import { anything, flag, integer, list, optional } from '../../parameter.ts'

export const createrawtransaction = method({
  name: 'createrawtransaction',
  category: 'rawtransactions',
  summary: 'Makes an unsigned transaction and returns it in hex',
  parameters: {
    inputs: list('Objects with `txid`, `vout`, and optionally `sequence`'),
    outputs: anything('Amounts by address, and hex under `data`: one object, or an array of objects'),
    locktime: optional(integer('The lock time'), 0),
    replaceable: optional(flag('Signal that it may be replaced [BIP125]')),
    version: optional(integer('The version of the transaction'), 2),
  },
  run: (wish, node) => bytesToHex(encodeTransaction(constructTransaction(wish, node))),
})
