import { z } from 'zod'
import { concatBytes, counted, hexToBytes } from '../../../wire/index.ts'
import { hexText, requireBytes, requireShape } from '../content.ts'
import { COMMENT, compare, tableOf, type VectorFormat } from '../format.ts'
import { draftCase } from './draft-cases.ts'

const DRAFT = 'bip119'
const OP_CHECKTEMPLATEVERIFY = 0xb3
const HASH_BYTES = 32

const rowSchema = z
  .object({
    hex_tx: hexText,
    spend_index: z.array(z.int().nonnegative()).min(1),
    result: z.array(hexText.refine((hex) => hex.length === 2 * HASH_BYTES, 'expected a hash')),
  })
  .refine(
    ({ spend_index, result }) => spend_index.length === result.length,
    'expected as many results as indices',
  )

/** BIP119's ctvhash.json: the template of a transaction at some input numbers, which need not exist. */
export const templateHashesFormat: VectorFormat = {
  name: 'BIP119 template hashes',
  detects: ({ json }) => Array.isArray(json) && json.some((row) => isRow(row) && 'spend_index' in row),
  read: ({ json }) =>
    tableOf(json as readonly unknown[], (row, index) => {
      if (typeof row === 'string') return COMMENT
      const { hex_tx, spend_index, result } = requireShape(rowSchema, row)
      const transaction = requireBytes(hex_tx)
      return draftCase(`transaction ${index}`, DRAFT, (judge) => {
        const said = spend_index.flatMap((inputIndex, at) =>
          [0, 1].map((flip) => {
            const hash = hexToBytes(result[at]!)
            hash[0]! ^= flip
            const script = concatBytes(counted(hash), Uint8Array.of(OP_CHECKTEMPLATEVERIFY))
            return judge.runScript({ script, transaction, inputIndex })
          }),
        )
        return compare(said.join(), spend_index.flatMap(() => ['OK', 'TEMPLATE_MISMATCH']).join())
      })
    }),
}

function isRow(row: unknown): row is object {
  return typeof row === 'object' && row !== null
}
