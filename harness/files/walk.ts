import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type FileError, fileError } from './file-error.ts'

/**
 * Every file below a folder in the order of names; a path that is no folder stands for itself. Links are followed,
 * but one that leads to a folder which is being walked is passed over. Of files in folders only those wanted are
 * given. A folder that cannot be read and a link that leads nowhere are handed to `onLost`. @throws FileError without it
 */
export function filesBelow(
  path: string,
  isWanted: (name: string) => boolean = () => true,
  onLost: (error: FileError) => void = (error) => {
    throw error
  },
): string[] {
  return walk(path, { isWanted, onLost }, [])
}

interface FolderWalk {
  readonly isWanted: (name: string) => boolean
  readonly onLost: (error: FileError) => void
}

function walk(path: string, options: FolderWalk, above: readonly string[]): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const real = realpathSync(path)
    if (above.includes(real)) return []
    return readdirSync(path)
      .sort()
      .flatMap((name) => {
        const inner = join(path, name)
        const isFolder = statSync(inner, { throwIfNoEntry: false })?.isDirectory() ?? false
        return isFolder || options.isWanted(name) ? walk(inner, options, [...above, real]) : []
      })
  } catch (error) {
    options.onLost(fileError(path, error))
    return []
  }
}
