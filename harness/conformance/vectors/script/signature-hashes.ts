import { compare, type VectorFormat } from '../format.ts'
import { fromHex, reverseHex } from './bytes.ts'

/** Core's sighash.json: `[transaction, script, input index, hash type as a signed number, hash]`, before SegWit. */
export const signatureHashesFormat: VectorFormat = {
  name: 'signature hashes',
  detects: ({ json }) => Array.isArray(json) && json.some(isRow),
  cases: function* ({ json }) {
    for (const [index, row] of (json as unknown[]).entries()) {
      if (!isRow(row)) continue
      const [transaction, script, inputIndex, hashType, hash] = row
      yield {
        id: `row ${index}`,
        run: (engine) =>
          compare(
            engine.signatureHash({
              version: 'legacy',
              transaction: fromHex(transaction),
              inputIndex,
              scriptCode: fromHex(script),
              hashType,
            }),
            reverseHex(hash),
          ),
      }
    }
  },
}

type Row = readonly [string, string, number, number, string]

function isRow(row: unknown): row is Row {
  if (!Array.isArray(row) || row.length !== 5) return false
  const kinds = row.map((field: unknown) => typeof field).join()
  return kinds === 'string,string,number,number,string' && /^[0-9a-f]{64}$/.test(row[4])
}
