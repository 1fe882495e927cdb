import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Mutant } from './mutant.ts'

/** A whole program of its own, whose output lies in its own folder. */
export interface Bundle {
  /** The executable. */
  readonly cli: string
  remove(): void
}

/**
 * Bundles the source as it is, or with a bug planted in it, into a fresh folder inside `workFolder`, which must lie in
 * the project so that packages are found. Rejects when the mutant does not apply.
 */
export async function buildBundle(root: string, workFolder: string, mutant?: Mutant): Promise<Bundle> {
  const folder = join(workFolder, mutant?.id ?? 'sound')
  const dist = join(folder, 'dist')
  const args = [join(root, 'harness/build.mjs'), '--outdir', relative(root, dist)]
  if (mutant !== undefined) {
    const { file, find, replace } = mutant
    args.push('--patch', JSON.stringify({ file, find, replace }))
  }
  await promisify(execFile)(process.execPath, args).catch((error: { stderr: string; message: string }) => {
    throw new Error(error.stderr.trim() || error.message)
  })
  return { cli: join(dist, 'cli.js'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
