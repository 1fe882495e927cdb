import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { FileError, fileError } from './file-error.ts'

/**
 * Writes a whole file or nothing: a reader never sees half of it, and a failure leaves nothing behind. Links are
 * followed, so that what they lead to is replaced and they stay; pipes and devices are written to. @throws FileError
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  try {
    const { target, mode, isSpecial } = destination(path)
    if (isSpecial) {
      writeFileSync(target, content)
      return
    }
    mkdirSync(dirname(target), { recursive: true })
    const unfinished = `${target}.${process.pid}.part`
    try {
      writeFileSync(unfinished, content)
      if (mode !== undefined) chmodSync(unfinished, mode)
      renameSync(unfinished, target)
    } catch (error) {
      rmSync(unfinished, { force: true })
      throw error
    }
  } catch (error) {
    throw fileError(path, error)
  }
}

/** What the path leads to, and the permissions of what lies there already. */
function destination(path: string): { target: string; mode?: number; isSpecial: boolean } {
  const about = statSync(path, { throwIfNoEntry: false })
  if (about === undefined) return { target: path, isSpecial: false }
  if (about.isDirectory()) throw new FileError(`${path}: is a folder; expected a file`)
  // The link to a process's own pipe leads to no path, so pipes and devices are opened by the name that was given.
  if (!about.isFile()) return { target: path, isSpecial: true }
  return { target: realpathSync(path), mode: about.mode & 0o777, isSpecial: false }
}
