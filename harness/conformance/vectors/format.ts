import type { Engine } from '../../ports/index.ts'

/** What one case of a vector file says about an engine: it agrees, in what it differs, or why it was not asked. */
export type VectorVerdict = 'pass' | { readonly fail: string } | { readonly skip: string }

/** One case of a vector file. */
export interface VectorCase {
  /** Stable and unique within its file. */
  readonly id: string
  run(engine: Engine): VectorVerdict
}

/** The content of one vector file: its bytes, and what they parse to when they are JSON. */
export interface VectorContent {
  readonly bytes: Uint8Array
  /** Where the file lies, for formats whose content does not say what is expected, or that speak of other files. */
  readonly path?: string
  /** Remarks on how it was read. */
  readonly notes?: readonly string[]
  readonly json?: unknown
}

/** Everything in one vector file: each of its rows is a case or a comment. */
export interface VectorTable {
  readonly rows: number
  /** Remarks on them. */
  readonly notes?: readonly string[]
  readonly comments: number
  readonly cases: readonly VectorCase[]
}

/** Cases that belong together: one file, or files that continue each other. */
export interface VectorSet {
  readonly files: readonly string[]
  /** What `collectSets` makes this very set of: the files, or the folder of a node. */
  readonly sources: readonly string[]
  readonly format: string
  /** Cases build on each other: they must run in order, on one engine. */
  readonly isSequential: boolean
  /** Remarks on the files, such as zeros at the end. */
  readonly notes: readonly string[]
  /** Why this engine has no business with these files; undefined when it has. */
  abstention(engine: Engine): string | undefined
  /** Every row, read once. */
  table(): VectorTable
}

/** One public format of test vectors: recognised by its content, never by its file's name. */
export interface VectorFormat {
  readonly name: string
  /** Cases build on each other. */
  readonly isSequential?: true
  /** Whether a file is meant to be of this format; a row that cannot be read does not make it another. */
  detects(content: VectorContent): boolean
  /** @throws Error with one line that names the row which cannot be read */
  read(content: VectorContent): VectorTable
}

/** A row that asks nothing. */
export const COMMENT = 'comment'

/**
 * Reads a file row by row: each becomes a case or a comment, and none is lost.
 * @throws Error that begins with the first row that is neither, counted from `first`
 */
export function tableOf<Row>(
  rows: readonly Row[],
  read: (row: Row, index: number) => VectorCase | typeof COMMENT,
  { place = 'row', first = 0 }: { readonly place?: string; readonly first?: number } = {},
): VectorTable {
  const items = rows.map((row, index) => {
    try {
      return read(row, index)
    } catch (error) {
      throw new Error(`${place} ${index + first}: ${error instanceof Error ? error.message : error}`)
    }
  })
  const cases = items.filter((item) => item !== COMMENT)
  const notes = repetitionsAmong(rows, (index) => items[index] !== COMMENT, place, first)
  return { rows: rows.length, comments: rows.length - cases.length, cases, notes }
}

/** Rows that ask what another asks already; mostly somebody's slip. */
function repetitionsAmong(
  rows: readonly unknown[],
  isCase: (index: number) => boolean,
  place: string,
  first: number,
): string[] {
  const seen = new Set<string>()
  const repeated = rows.flatMap((row, index) => {
    const text = JSON.stringify(row)
    const isRepeated = isCase(index) && seen.has(text)
    seen.add(text)
    return isRepeated ? [index + first] : []
  })
  if (repeated.length === 0) return []
  const shown = repeated.slice(0, 5).join(', ')
  return [
    `${repeated.length} × what another asks already: ${place} ${shown}${repeated.length > 5 ? ', …' : ''}`,
  ]
}

/** A file without rows: every case counts as one. */
export function tableOfCases(cases: readonly VectorCase[]): VectorTable {
  return { rows: cases.length, comments: 0, cases }
}

/** Compares what an engine says with what a vector expects. */
export function compare(actual: string, expected: string): VectorVerdict {
  return actual === expected ? 'pass' : { fail: `expected ${expected}, got ${actual}` }
}
