import { spawnSync } from 'node:child_process'
import fs from 'node:fs'

/** A walk over this many bytes of a data file takes a second on the slowest disk. */
const BYTES_A_SECOND = 1 << 20
const START_MS = 60_000

/** Reads every entry, in order, and begins a transaction. Its arguments: the package, the folder, the options. */
const WALK = `
const [library, folder, options] = process.argv.slice(1)
const { open, ABORT } = require(library)
const database = open({ path: folder, ...JSON.parse(options) })
let before
for (const { key, value } of database.getRange({})) {
  if (before !== undefined && Buffer.compare(before, key) >= 0) process.exit(1)
  before = Buffer.from(key)
  Buffer.from(value)
}
database.transactionSync(() => {
  database.putSync(Buffer.of(0), Buffer.of(0))
  return ABORT
})
`

/**
 * True if a process of its own can walk over all that an LMDB folder holds: pages that make no sense end a process by
 * a signal, or keep it for ever.
 */
export function canWalk(library: string, folder: string, dataFile: string, options: object): boolean {
  const timeout = START_MS + Math.ceil((1000 * fs.statSync(dataFile).size) / BYTES_A_SECOND)
  const argv = ['-e', WALK, library, folder, JSON.stringify(options)]
  return spawnSync(process.execPath, argv, { stdio: 'ignore', timeout }).status === 0
}
