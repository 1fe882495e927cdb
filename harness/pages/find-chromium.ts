import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The browser that tests open pages with: TOUCHSTONE_CHROMIUM, or chromium on the path; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env.TOUCHSTONE_CHROMIUM
  if (named !== undefined && named !== '') return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, 'chromium')).find((path) => existsSync(path))
}
