import { createHash } from 'node:crypto'
import { isAbsolute, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../', import.meta.url)

function folder(path: string): string {
  return fileURLToPath(new URL(path, ROOT))
}

/** Where this installation lies. */
export const ROOT_FOLDER = folder('')

/** Where output goes unless an option says otherwise: under the current directory, or where TOUCHSTONE_OUT says. */
export const OUTPUT_FOLDER = process.env.TOUCHSTONE_OUT || 'touchstone-report'

/** What a checkout keeps between runs; gone with its packages. */
export const CACHE_FOLDER = folder('node_modules/.cache/touchstone/')

/** The corpus of stories. */
export const SCENARIOS_FOLDER = folder('scenarios/')

/** A file in a folder below the output folder (`''`: in that itself) that belongs to this id alone. */
export function outputFileOf(folder: string, id: string, extension: string): string {
  const mark = createHash('sha256').update(id).digest('hex').slice(0, 8)
  return join(OUTPUT_FOLDER, folder, `${id.replaceAll(/[^\w-]+/g, '-')}-${mark}.${extension}`)
}

/** A path as it is typed from here: relative where it lies below the current directory. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short
}

/** A word that any shell takes as it stands. */
export function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
