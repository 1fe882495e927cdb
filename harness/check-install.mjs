/**
 * Says in one line when node_modules is older than the lock file: the type checker would say it in fifteen.
 * Exit code 2 then.
 */
import { readFileSync } from 'node:fs'

const packagesOf = (file) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).packages

let installed = {}
try {
  installed = packagesOf('node_modules/.package-lock.json')
} catch {
  // Nothing is installed at all.
}
const stale = Object.entries(packagesOf('package-lock.json'))
  .filter(
    ([place, { version, optional }]) => place !== '' && !optional && installed[place]?.version !== version,
  )
  .map(([place]) => place.slice('node_modules/'.length))
if (stale.length > 0) {
  const [first, ...others] = stale
  console.error(
    `node_modules is not what package-lock.json says (${first}${others.length > 0 ? ` and ${others.length} more` : ''}): run npm ci`,
  )
  process.exit(2)
}
