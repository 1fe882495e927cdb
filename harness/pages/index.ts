import { fileURLToPath } from 'node:url'
import { readText } from '../files/index.ts'

/** The script of a page, as the build leaves it in dist/. @throws Error when it was not built */
export function pageScript(name: 'run-page'): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/' : './'
  return readText(fileURLToPath(new URL(`${folder}${name}.browser.js`, import.meta.url)))
}
