import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FileError, filesBelow, inFile } from '../../files/index.ts'
import { attempt, type CollectOptions } from './attempt.ts'
import { joinBlockFiles, type LoadedBlocks, type LoadedFile } from './block-sets.ts'
import { readBlockFile } from './chain/block-files.ts'
import { isNodeFile, nodeFilesIn, readNodeFiles } from './chain/node-files.ts'
import { loadContent } from './content.ts'
import type { VectorContent, VectorFormat, VectorSet, VectorTable } from './format.ts'
import { findFormat, isForeign, notApplicable } from './registry.ts'

/**
 * Reads files and folders into sets; formats are recognised by content, and files that continue others are joined. A
 * folder of a node is read as it is, from its block files alone. @throws FileError
 */
export function collectSets(paths: readonly string[], options: CollectOptions = {}): VectorSet[] {
  const sets: VectorSet[] = []
  const blockFiles: LoadedBlocks[] = []
  const unknown: LoadedFile[] = []
  for (const source of paths.flatMap((path) => sourcesIn(path, options)))
    attempt(options, () => {
      const { path } = source
      if (source.nodeFiles !== undefined) {
        blockFiles.push({ path, files: source.nodeFiles, ...readNodeFiles(source.nodeFiles) })
        return
      }
      const content = loadContent(path)
      const format = inFile(path, () => findFormat(content))
      if (format !== undefined) {
        const table = inFile(path, () => readTable(format, content))
        sets.push({
          files: [path],
          sources: [path],
          format: format.name,
          isSequential: format.isSequential ?? false,
          notes: [...(content.notes ?? []), ...(table.notes ?? [])],
          abstention: (engine) => notApplicable(format.name, engine),
          table: () => table,
        })
        return
      }
      const blocks = inFile(path, () => readBlockFile(content))
      if (blocks === undefined) unknown.push({ path, content })
      else blockFiles.push({ path, files: [path], ...blocks })
    })
  const joined = joinBlockFiles(blockFiles, unknown, options)
  for (const { path } of joined.strangers)
    attempt(options, () => {
      throw new FileError(`${path}: no known format of test vectors`)
    })
  return [...sets, ...joined.sets]
}

interface Source {
  readonly path: string
  /** Block files of one node, which are one chain in pieces. */
  readonly nodeFiles?: readonly string[]
}

function sourcesIn(path: string, options: CollectOptions): Source[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    return [isNodeFile(path) ? { path, nodeFiles: [path] } : { path }]
  const own = nodeFilesIn(path)
  if (own !== undefined) return [{ path, nodeFiles: own }]
  const lost = (error: FileError) =>
    attempt(options, () => {
      throw error
    })
  return filesBelow(path, () => true, lost).flatMap((file) => sourcesIn(file, options))
}

function readTable(format: VectorFormat, content: VectorContent): VectorTable {
  const table = format.read(content)
  if (table.cases.length === 0 && !isForeign(format.name))
    throw new Error(`${format.name} without a row that asks anything`)
  return table
}

/** A short name for people: the file's, or the first and last file's. */
export function nameOfSet({ files }: Pick<VectorSet, 'files'>): string {
  const names = files.map((file) => basename(file))
  if (names.length === 1) return join(basename(dirname(files[0]!)), names[0]!)
  return `${join(basename(dirname(files[0]!)), names[0]!)} … ${names.at(-1)}`
}
