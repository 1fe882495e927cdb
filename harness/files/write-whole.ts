import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { FileError, fileError } from './file-error.ts'

/**
 * Writes a whole file or nothing: a reader never sees half of it, and a failure leaves nothing behind, no folder
 * either. Links are followed, so that what they lead to is replaced and they stay; pipes and devices are written to.
 * @throws FileError
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  inPlace(path, () => {
    const { target, mode, isSpecial } = destination(path)
    if (isSpecial) writeFileSync(target, content)
    else writeBeside(target, content, mode, renameSync)
  })
}

/** The same for a file that must not be there yet, also when two processes write it at once. @throws FileError */
export function writeNew(path: string, content: string | Uint8Array): void {
  inPlace(path, () =>
    writeBeside(path, content, undefined, (unfinished, target) => {
      linkSync(unfinished, target)
      rmSync(unfinished)
    }),
  )
}

/** Writes a file beside the target, on the disk before `move` brings it there in one step. */
function writeBeside(
  target: string,
  content: string | Uint8Array,
  mode: number | undefined,
  move: (unfinished: string, target: string) => void,
): void {
  const made = makeFolders(dirname(target))
  const unfinished = `${target}.${process.pid}.part`
  try {
    writeFileSync(unfinished, content, { flush: true })
    if (mode !== undefined) chmodSync(unfinished, mode)
    move(unfinished, target)
  } catch (error) {
    quietly(() => rmSync(unfinished, { force: true }))
    removeFolders(made)
    throw error
  }
}

/**
 * Makes what is missing of a folder's path and returns the new folders, the innermost first. One at a time:
 * `recursive` does not come back from a file system that says of each folder that it is not there, as /proc does.
 */
function makeFolders(folder: string): string[] {
  if (existsSync(folder)) return []
  const made = makeFolders(dirname(folder))
  try {
    mkdirSync(folder)
    return [folder, ...made]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return made
    removeFolders(made)
    throw error
  }
}

/** Those into which somebody has put something in the meantime stay. */
function removeFolders(folders: readonly string[]): void {
  for (const folder of folders) quietly(() => rmdirSync(folder))
}

/** What cannot be cleared away must not hide why. */
function quietly(act: () => void): void {
  try {
    act()
  } catch {}
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

function inPlace(path: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw fileError(path, error)
  }
}
