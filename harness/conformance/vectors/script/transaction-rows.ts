import type { Engine, SpentOutput } from '../../../ports/index.ts'
import type { VectorContent } from '../format.ts'
import { assemble } from './assembler.ts'
import { fromHex, reverseHex, toHex } from './bytes.ts'
import { CORE_FLAGS, parseFlags, presupposedFlags } from './flags.ts'
import { readTransaction } from './raw-transaction.ts'

/** One row: `[[[txid, index, script, amount?]…], transaction, flags, more…]`. */
export interface TransactionRow {
  readonly index: number
  /** The comment rows right above it. */
  readonly comment: string
  readonly prevouts: readonly (readonly [string, number, string, number?])[]
  readonly transaction: string
  readonly flags: string
  /** What drafts add to the row. */
  readonly more: readonly unknown[]
}

/** A file of transactions in Core's notation. */
export interface TransactionFile {
  /** The comment rows before the first transaction. */
  readonly head: string
  readonly rows: readonly TransactionRow[]
  /** Core's flags, and those of drafts that the file names or takes for granted. */
  readonly flags: readonly string[]
  /** Those that the file takes for granted. */
  readonly presupposed: readonly string[]
}

/** The rows of a file; undefined when it is no list of transactions. */
export function readTransactionFile({ json }: VectorContent): TransactionFile | undefined {
  if (!Array.isArray(json) || !json.every(Array.isArray)) return undefined
  const isRow = (row: readonly unknown[]): boolean => row.length >= 3 && Array.isArray(row[0])
  const first = json.findIndex(isRow)
  if (first < 0 || !json.every((row) => isRow(row) || row.length === 1)) return undefined
  if (
    !json.filter(isRow).every((row) => row.slice(1, 3).every((field: unknown) => typeof field === 'string'))
  )
    return undefined
  const rows: TransactionRow[] = []
  let comment: string[] = []
  for (const [index, row] of json.entries()) {
    if (!isRow(row)) comment.push(String(row[0]))
    else {
      const [prevouts, transaction, flags, ...more] = row
      rows.push({
        index,
        comment: index === first ? '' : comment.join(' '),
        prevouts,
        transaction,
        flags,
        more,
      })
      comment = []
    }
  }
  const named = rows
    .flatMap(({ flags, more }) => [flags, more[0]])
    .filter((field) => typeof field === 'string')
  const own = named.flatMap(parseFlags).filter((flag) => flag !== 'BADTX')
  const presupposed = presupposedFlags(own)
  const flags = [...new Set([...CORE_FLAGS, ...own, ...presupposed])]
  return { head: json.slice(0, first).flat().join('\n'), rows, flags, presupposed }
}

/** The first script error over all inputs, in order; `OK` when there is none. */
export function verifyAll(engine: Engine, row: TransactionRow, flags: readonly string[]): string {
  const transaction = fromHex(row.transaction)
  const spentOutputs = spentBy(row)
  for (const inputIndex of spentOutputs.keys()) {
    const error = engine.verifyScript({ transaction, inputIndex, spentOutputs, flags })
    if (error !== 'OK') return error
  }
  return 'OK'
}

/** The outputs that the transaction spends, in its own order; the row lists them in any. */
function spentBy({ prevouts, transaction }: TransactionRow): SpentOutput[] {
  const known = new Map(
    prevouts.map(([txid, index, script, amount = 0]) => [
      `${txid}:${index >>> 0}`,
      { value: BigInt(amount), script: assemble(script) },
    ]),
  )
  return readTransaction(fromHex(transaction)).inputs.map(({ outpoint }) => {
    const index = new DataView(outpoint.buffer, outpoint.byteOffset).getUint32(32, true)
    const name = `${reverseHex(toHex(outpoint.subarray(0, 32)))}:${index}`
    const output = known.get(name)
    if (output === undefined) throw new Error(`no output ${name} in the row`)
    return output
  })
}
