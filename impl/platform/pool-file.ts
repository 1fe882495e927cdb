import fs from 'node:fs'
import type { NodeDriver } from '../daemon/index.ts'

/** Takes in the pool that a file keeps, if there is one. */
export function loadPool(file: string, driver: NodeDriver): void {
  if (fs.existsSync(file)) driver.step({ kind: 'restorePool', bytes: fs.readFileSync(file) })
}

/** Replaces the file as a whole; its path. */
export function savePool(file: string, driver: NodeDriver): string {
  const draft = `${file}.new`
  fs.writeFileSync(draft, driver.view.savedPool())
  fs.renameSync(draft, file)
  return file
}
