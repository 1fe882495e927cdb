import { z } from 'zod'
import { facetOf } from '../../../adapters/index.ts'
import { ByteReader, readOutput } from '../../../wire/index.ts'
import { hexText, requireBytes, requireShape } from '../content.ts'
import { tableOf, type VectorFormat } from '../format.ts'

/** The soft forks that a draft builds on, and BIP446's own flag. */
const FLAGS = [
  'P2SH',
  'DERSIG',
  'NULLDUMMY',
  'CHECKLOCKTIMEVERIFY',
  'CHECKSEQUENCEVERIFY',
  'WITNESS',
  'TAPROOT',
  'TEMPLATEHASH',
]

const spendSchema = z.strictObject({
  /** Serialized outputs, one per input. */
  spent_outputs: z.array(hexText).min(1),
  spending_tx: hexText,
  input_index: z.int().nonnegative(),
  valid: z.boolean(),
  comment: z.string(),
})

/** BIP446's basics.json: one input of a transaction each, valid or not. [BIP446] */
export const templateHashSpendsFormat: VectorFormat = {
  name: 'BIP446 spends',
  detects: ({ json }) => Array.isArray(json) && json.some(isSpend),
  read: ({ json }) =>
    tableOf(json as readonly unknown[], (row, index) => {
      const {
        spent_outputs,
        spending_tx,
        input_index: inputIndex,
        valid,
        comment,
      } = requireShape(spendSchema, row)
      if (inputIndex >= spent_outputs.length) throw new Error(`input_index: there is no input ${inputIndex}`)
      const spentOutputs = spent_outputs.map((output) => readOutput(new ByteReader(requireBytes(output))))
      const request = { transaction: requireBytes(spending_tx), inputIndex, spentOutputs, flags: FLAGS }
      return {
        id: `spend ${index}: ${comment}`,
        run(engine) {
          const error = facetOf(engine, 'scripts').verifyScript(request)
          if ((error === 'OK') === valid) return 'pass'
          return { fail: `expected ${valid ? 'OK' : 'a failure'}, got ${error}` }
        },
      }
    }),
}

function isSpend(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'spending_tx' in value && 'spent_outputs' in value
}
