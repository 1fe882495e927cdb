import { facetOf } from '../../../adapters/index.ts'
import { displayHash } from '../../../wire/index.ts'
import { isHex, isText, requireBytes } from '../content.ts'
import { COMMENT, compare, tableOf, type VectorFormat } from '../format.ts'

/** Core's sighash.json: `[transaction, script, input index, hash type as a signed number, hash]`, before SegWit. */
export const signatureHashesFormat: VectorFormat = {
  name: 'signature hashes',
  detects: ({ json }) => Array.isArray(json) && json.some(isRow),
  read: ({ json }) =>
    tableOf(json as readonly unknown[], (row, index) => {
      if (Array.isArray(row) && row.length === 1 && isText(row[0])) return COMMENT
      if (!isRow(row)) throw new Error('expected [transaction, script, input index, hash type, hash]')
      const [transaction, scriptCode, inputIndex, hashType, hash] = row
      if (!isHex(transaction) || !isHex(scriptCode))
        throw new Error('expected a transaction and a script in hex')
      if (!isHex(hash) || hash.length !== 64) throw new Error(`expected a hash of 64 hex digits, got ${hash}`)
      return {
        id: `row ${index}`,
        run: (engine) =>
          compare(
            facetOf(engine, 'scripts').signatureHash({
              version: 'legacy',
              transaction: requireBytes(transaction),
              inputIndex,
              scriptCode: requireBytes(scriptCode),
              hashType,
            }),
            displayHash(requireBytes(hash)),
          ),
      }
    }),
}

type Row = readonly [string, string, number, number, string]

function isRow(row: unknown): row is Row {
  return (
    Array.isArray(row) &&
    row.map((field: unknown) => typeof field).join() === 'string,string,number,number,string' &&
    Number.isInteger(row[2]) &&
    Number.isInteger(row[3])
  )
}
