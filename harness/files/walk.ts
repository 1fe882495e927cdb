import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileError } from './file-error.ts'

/**
 * Every file below a folder in the order of names; a path that is no folder stands for itself. Links are followed,
 * but one that leads to a folder which is being walked is passed over. Of files in folders only those wanted are
 * given. @throws FileError on a folder that cannot be read and on a link that leads nowhere
 */
export function filesBelow(path: string, isWanted: (name: string) => boolean = () => true): string[] {
  return walk(path, isWanted, [])
}

function walk(path: string, isWanted: (name: string) => boolean, above: readonly string[]): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const real = realpathSync(path)
    if (above.includes(real)) return []
    return readdirSync(path)
      .sort()
      .flatMap((name) => {
        const inner = join(path, name)
        const isFolder = statSync(inner, { throwIfNoEntry: false })?.isDirectory() ?? false
        return isFolder || isWanted(name) ? walk(inner, isWanted, [...above, real]) : []
      })
  } catch (error) {
    throw fileError(path, error)
  }
}
