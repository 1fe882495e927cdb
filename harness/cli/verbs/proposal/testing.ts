import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT_FOLDER } from '../../folders.ts'

const TOUCHSTONE = join(ROOT_FOLDER, 'harness/bin/touchstone')

/** A folder of its own in which `touchstone proposal` runs. */
export function createBench() {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-proposals-'))
  return {
    folder,
    proposal(...args: string[]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [TOUCHSTONE, 'proposal', ...args], {
        cwd: folder,
        encoding: 'utf8',
      })
      return { status, stdout, stderr }
    },
    file(name: string, text: string): string {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    },
  }
}
