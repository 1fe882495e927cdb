import { facetOf } from '../../../adapters/index.ts'
import { displayHash, parseTransaction, transactionId } from '../../../wire/index.ts'
import { bytesOfHex, textOf } from '../content.ts'
import { compare, tableOfCases, type VectorContent, type VectorFormat } from '../format.ts'

/** One transaction of a real chain, in hex: no parser may refuse it. */
export const transactionFormat: VectorFormat = {
  name: 'transaction',
  detects: (content) => transactionIn(content) !== undefined,
  read(content) {
    const bytes = transactionIn(content)!
    return tableOfCases([
      {
        id: `transaction ${displayHash(transactionId(parseTransaction(bytes)!))}`,
        run: (engine) => compare(facetOf(engine, 'contextFree').checkTransaction(bytes), 'ok'),
      },
    ])
  },
}

function transactionIn({ bytes }: VectorContent): Uint8Array | undefined {
  if (!/^[0-9a-fA-F]{120}/.test(textOf(bytes.subarray(0, 120)))) return undefined
  const raw = bytesOfHex(textOf(bytes).trim())
  return raw !== undefined && hasOutputs(raw) ? raw : undefined
}

function hasOutputs(bytes: Uint8Array): boolean {
  const transaction = parseTransaction(bytes)
  return transaction !== undefined && transaction.outputs.length > 0
}
