import { facetOf } from '../../../adapters/index.ts'
import type { Engine, SpentOutput } from '../../../ports/index.ts'
import { ByteReader, displayHash, readTransaction } from '../../../wire/index.ts'
import { isHex, isText, requireBytes } from '../content.ts'
import { COMMENT, tableOf, type VectorCase, type VectorContent, type VectorTable } from '../format.ts'
import { assemble } from './assembler.ts'
import { CORE_FLAGS, parseFlags, presupposedFlags, splitFlags } from './flags.ts'

/** The flag of a transaction that breaks a rule which asks no script. */
export const BAD_TRANSACTION = 'BADTX'

/** One row: `[[[txid, index, script, amount?]…], transaction, flags, more…]`. */
export interface TransactionRow {
  readonly index: number
  /** The comment rows right above it. */
  readonly comment: string
  readonly transaction: Uint8Array
  /** What the transaction spends, in its own order; nothing when it breaks a rule without scripts. */
  readonly spentOutputs: readonly SpentOutput[]
  readonly flags: string
  /** What drafts add to the row. */
  readonly more: readonly unknown[]
}

/** A file of transactions in Core's notation. */
export interface TransactionFile {
  /** The comment rows before the first transaction. */
  readonly head: string
  /** Core's flags, and those of drafts that the file names or takes for granted. */
  readonly flags: readonly string[]
  /** Those that the file takes for granted. */
  readonly presupposed: readonly string[]
}

/** The head of a list of transactions in Core's notation: its comment rows before the first transaction; undefined when it is no such list. */
export function headOf({ json }: VectorContent): string | undefined {
  if (!Array.isArray(json) || !Array.isArray(json[0])) return undefined
  const first = json.findIndex((row) => !isComment(row))
  return (first < 0 ? json : json.slice(0, first)).flat().join('\n')
}

/** The flags that a file names, whether they exist or not. */
export function flagsNamed({ json }: VectorContent): string[] {
  return (json as readonly unknown[])
    .flatMap((row) => (Array.isArray(row) && !isComment(row) ? [row[2], row[3]] : []))
    .filter(isText)
    .flatMap(splitFlags)
    .filter((flag) => flag !== BAD_TRANSACTION)
}

/** A file that `headOf` has recognised. @throws Error that names the row which cannot be read */
export function readTransactionFile(
  content: VectorContent,
  caseOf: (row: TransactionRow, file: TransactionFile) => VectorCase,
): VectorTable {
  const own = [...new Set(flagsNamed(content))]
  const presupposed = presupposedFlags(own)
  const file = {
    head: headOf(content)!,
    flags: [...new Set([...CORE_FLAGS, ...own, ...presupposed])],
    presupposed,
  }
  let comments: string[] = []
  let isHead = true
  return tableOf(content.json as readonly unknown[], (row, index) => {
    if (isComment(row)) {
      comments.push(row[0])
      return COMMENT
    }
    const comment = isHead ? '' : comments.join(' ')
    isHead = false
    comments = []
    return caseOf(readRow(row, index, comment), file)
  })
}

function isComment(row: unknown): row is readonly [string] {
  return Array.isArray(row) && row.length === 1 && isText(row[0])
}

function readRow(row: unknown, index: number, comment: string): TransactionRow {
  if (!Array.isArray(row) || row.length < 3 || row.length > 5 || !Array.isArray(row[0]))
    throw new Error('expected [[[txid, index, script, amount?]…], transaction, flags]')
  const [prevouts, transaction, given, ...more] = row
  // Until 2014 a row said whether P2SH is enforced.
  const flags = typeof given === 'boolean' ? (given ? 'P2SH' : 'NONE') : given
  if (!isHex(transaction)) throw new Error('expected a transaction in hex')
  if (!isText(flags)) throw new Error('expected script flags')
  for (const text of [flags, more[0]].filter(isText)) parseFlags(text)
  const bytes = requireBytes(transaction)
  const spentOutputs = flags === BAD_TRANSACTION ? [] : spentBy(prevouts, bytes)
  return { index, comment, transaction: bytes, spentOutputs, flags, more }
}

/** The first script error over all inputs, in order; `OK` when there is none. */
export function verifyAll(engine: Engine, row: TransactionRow, flags: readonly string[]): string {
  const { transaction, spentOutputs } = row
  for (const inputIndex of spentOutputs.keys()) {
    const error = facetOf(engine, 'scripts').verifyScript({ transaction, inputIndex, spentOutputs, flags })
    if (error !== 'OK') return error
  }
  return 'OK'
}

/** The row lists outputs in any order, and those alone that the transaction spends. */
function spentBy(prevouts: readonly unknown[], transaction: Uint8Array): SpentOutput[] {
  const listed = new Map<string, SpentOutput>()
  for (const prevout of prevouts) {
    const [txid, index, script, amount = 0] = Array.isArray(prevout) ? prevout : []
    if (
      !isHex(txid) ||
      txid.length !== 64 ||
      !Number.isInteger(index) ||
      !isText(script) ||
      !isAmount(amount)
    )
      throw new Error(`expected [txid, index, script, amount?], got ${JSON.stringify(prevout).slice(0, 80)}`)
    listed.set(`${txid.toLowerCase()}:${index >>> 0}`, { value: BigInt(amount), script: assemble(script) })
  }
  const spent = readTransaction(new ByteReader(transaction)).inputs.map(({ txid, index }) => {
    const name = `${displayHash(txid)}:${index}`
    const output = listed.get(name)
    if (output === undefined) throw new Error(`the transaction spends ${name}, which is not listed`)
    return [name, output] as const
  })
  const names = new Set(spent.map(([name]) => name))
  const stranger = [...listed.keys()].find((name) => !names.has(name))
  if (stranger !== undefined) throw new Error(`${stranger} is listed, but the transaction does not spend it`)
  return spent.map(([, output]) => output)
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
