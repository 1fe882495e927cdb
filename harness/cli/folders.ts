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
