import { z } from 'zod'
import { hexText, requireBytes, requireShape } from '../content.ts'
import { compare, tableOf, type VectorFormat } from '../format.ts'
import { draftCase } from './draft-cases.ts'

const spendSchema = z.strictObject({
  rule: z.union([z.int(), z.string()]),
  name: z.string(),
  description: z.string(),
  /** Whether the draft is in force. */
  reduced_data_active: z.boolean().optional(),
  active: z.boolean().optional(),
  spent_utxo: z.enum(['pre-activation', 'post-activation']).optional(),
  spent_outputs: z
    .array(
      z.strictObject({
        prevout: z.strictObject({ txid: hexText, vout: z.int().nonnegative() }),
        scriptPubKey: hexText,
        amount: z.int(),
      }),
    )
    .min(1),
  tx: hexText,
  expected: z.enum(['valid', 'invalid']),
  reject_reason: z.string().nullable(),
})

const fileSchema = z.strictObject({ comment: z.string(), vectors: z.array(z.unknown()).min(1) })
/** A comment begins with the draft: `BIP-110 (REDUCED_DATA) …`, `bip347 (BIP347): …`. */
const DRAFT = /^bip-?0*(\d+)\b/i

/** BIP110's vectors and those in their shape: a transaction, what it spends, and whether a block may contain it. */
export const draftSpendsFormat: VectorFormat = {
  name: 'spends under a draft',
  detects: ({ json }) => {
    const file = fileSchema.safeParse(json)
    return file.success && DRAFT.test(file.data.comment)
  },
  read({ json }) {
    const { comment, vectors } = requireShape(fileSchema, json)
    const draft = `bip${DRAFT.exec(comment)![1]}`
    return tableOf(vectors, (row) => {
      const vector = requireShape(spendSchema, row)
      const spentOutputs = vector.spent_outputs.map(({ amount, scriptPubKey }) => ({
        value: BigInt(amount),
        script: requireBytes(scriptPubKey),
      }))
      const spend = {
        transaction: requireBytes(vector.tx),
        spentOutputs,
        isInForce: vector.active ?? vector.reduced_data_active ?? true,
        areCoinsOlder: vector.spent_utxo === 'pre-activation',
      }
      return draftCase(vector.name, draft, (judge) => {
        const said = judge.judgeSpend(spend)
        return compare(said === 'ok' ? 'valid' : 'invalid', vector.expected)
      })
    })
  },
}
