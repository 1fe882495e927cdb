import { isHex, isText, rowsOf, textOf } from './content.ts'
import { tableOfCases, type VectorContent, type VectorFormat } from './format.ts'

/** A known format that holds nothing an engine of consensus could be asked. */
interface ForeignFormat extends VectorFormat {
  readonly why: string
}

function foreign(name: string, why: string, detects: (content: VectorContent) => boolean): ForeignFormat {
  return { name, why, detects, read: () => tableOfCases([]) }
}

/** Recognised, listed as not applicable, never counted as passed. */
export const foreignFormats: readonly ForeignFormat[] = [
  foreign('rows of a draft', 'a part of another file, which says whether they are valid', ({ json }) => {
    const rows = rowsOf(json)
    return (
      rows.length > 0 && rows.every((row) => rowsOf(row[0]).length > 0 && isHex(row[1]) && isText(row[2]))
    )
  }),
  foreign('prose', 'it is written for people', ({ bytes }) => textOf(bytes.subarray(0, 2)) === '# '),
]
