import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Engine, SpentOutput } from '../../ports/index.ts'
import { type BlockFile, readBlockFile } from './chain/block-files.ts'
import { chainCases } from './chain/chain-cases.ts'
import { chainOfGenesis } from './chain/known-chains.ts'
import { loadContent } from './content.ts'
import { tableOfCases, type VectorContent, type VectorFormat, type VectorTable } from './format.ts'
import { looseBlockCase, spendCount } from './loose/loose-block.ts'
import { readSpentCoins } from './loose/spent-coins.ts'
import { findFormat, isForeign, notApplicable } from './registry.ts'

/** Cases that belong together: one file, or files that continue each other. */
export interface VectorSet {
  readonly files: readonly string[]
  readonly format: string
  /** Cases build on each other: they must run in order, on one engine. */
  readonly isSequential: boolean
  /** Why this engine has no business with these files; undefined when it has. */
  abstention(engine: Engine): string | undefined
  /** Remarks on the files, such as zeros at the end. */
  readonly notes: readonly string[]
  /** Every row, read once. */
  table(): VectorTable
}

/** Files that cannot be what they claim, or that are of no known format: the message names the file. */
export class VectorFileError extends Error {
  override readonly name = 'VectorFileError'
}

interface LoadedFile {
  readonly path: string
  readonly content: VectorContent
}

interface LoadedBlocks extends LoadedFile, BlockFile {}

/** Reads files and folders into sets; formats are told from content, and files that continue others are joined. */
export function collectSets(paths: readonly string[]): VectorSet[] {
  const sets: VectorSet[] = []
  const blockFiles: LoadedBlocks[] = []
  const unknown: LoadedFile[] = []
  for (const path of paths.flatMap(expand)) {
    const file = { path, content: loadContent(path) }
    const format = naming(path, () => findFormat(file.content))
    if (format !== undefined) {
      const table = naming(path, () => readTable(format, file.content))
      sets.push({
        files: [path],
        format: format.name,
        isSequential: format.name === 'headers',
        notes: [],
        abstention: (engine) => notApplicable(format.name, engine),
        table: () => table,
      })
      continue
    }
    const blocks = naming(path, () => readBlockFile(file.content))
    if (blocks === undefined) unknown.push(file)
    else blockFiles.push({ ...file, ...blocks })
  }
  return [...sets, ...joinBlockFiles(blockFiles, unknown)]
}

function readTable(format: VectorFormat, content: VectorContent): VectorTable {
  const table = format.read(content)
  if (table.cases.length === 0 && !isForeign(format.name))
    throw new Error(`${format.name} without a row that asks anything`)
  return table
}

/** Every file below a folder, in the order of their names. */
function expand(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => expand(join(path, name)))
}

function naming<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw new VectorFileError(`${path}: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * Chains start at a known genesis. A file whose blocks stand on another file's joins it (the shortest one, when several
 * hold the parent). A block that stands on nothing is judged loose, with the file of spent coins beside it if there is one.
 */
function joinBlockFiles(files: readonly LoadedBlocks[], others: readonly LoadedFile[]): VectorSet[] {
  const groups = new Map<LoadedBlocks, LoadedBlocks[]>()
  const loose: LoadedBlocks[] = []
  for (const file of files) {
    const host = hostOf(file, files)
    if (host === undefined) loose.push(file)
    else groups.set(host, [...(groups.get(host) ?? []), file])
  }
  const chains = [...groups].map(([host, members]) => chainSet(host, orderByParent(members)))
  const companions = new Set<LoadedFile>()
  const singles = loose.map((file) => {
    const companion = companionOf(file, others)
    if (companion !== undefined) companions.add(companion.file)
    return looseSet(file, companion)
  })
  const stranger = others.find((file) => !companions.has(file))
  if (stranger !== undefined) throw new VectorFileError(`${stranger.path}: no known format of test vectors`)
  return [...chains, ...singles]
}

/** The file that starts at a genesis and that this file continues, itself perhaps. */
function hostOf(
  file: LoadedBlocks,
  files: readonly LoadedBlocks[],
  seen = new Set<LoadedBlocks>(),
): LoadedBlocks | undefined {
  if (genesisOf(file) !== undefined) return file
  if (seen.has(file)) return undefined
  seen.add(file)
  const own = new Set(file.blocks.map(({ hash }) => hash))
  const missing = file.blocks.find(({ previous }) => !own.has(previous))?.previous
  const parents = files.filter((other) => other !== file && other.blocks.some(({ hash }) => hash === missing))
  const shortest = parents.sort((a, b) => a.blocks.length - b.blocks.length)[0]
  return shortest === undefined ? undefined : hostOf(shortest, files, seen)
}

function genesisOf({ blocks }: BlockFile): { hash: string; chain: string } | undefined {
  for (const hash of [blocks[0]!.hash, blocks[0]!.previous]) {
    const chain = chainOfGenesis(hash)
    if (chain !== undefined) return { hash, chain }
  }
  return undefined
}

/** Files in an order in which every block's parent comes before it. */
function orderByParent(files: readonly LoadedBlocks[]): LoadedBlocks[] {
  const ordered: LoadedBlocks[] = []
  const waiting = [...files]
  const known = new Set<string>()
  while (waiting.length > 0) {
    const ready = waiting.findIndex(
      (file) => genesisOf(file) !== undefined || known.has(file.blocks[0]!.previous),
    )
    const [file] = waiting.splice(Math.max(ready, 0), 1)
    for (const { hash } of file!.blocks) known.add(hash)
    ordered.push(file!)
  }
  return ordered
}

function chainSet(host: LoadedBlocks, files: readonly LoadedBlocks[]): VectorSet {
  const { chain, hash } = genesisOf(host)!
  const blocks = files.flatMap((file) => file.blocks)
  const table = tableOfCases(chainCases(chain, hash, blocks, host.facts))
  return {
    files: files.map(({ path }) => path),
    format: host.format,
    isSequential: true,
    notes: [],
    abstention: (engine) => notApplicable('blocks', engine),
    table: () => table,
  }
}

interface Companion {
  readonly file: LoadedFile
  readonly coins: SpentOutput[]
}

function looseSet(file: LoadedBlocks, companion: Companion | undefined): VectorSet {
  const table = tableOfCases(file.blocks.map((block) => looseBlockCase(block, companion?.coins)))
  return {
    files: companion === undefined ? [file.path] : [file.path, companion.file.path],
    format: companion === undefined ? `${file.format}, coins unknown` : `${file.format} with coins`,
    isSequential: false,
    notes: [],
    abstention: (engine) => notApplicable('blocks', engine),
    table: () => table,
  }
}

/** The file of as many coins as the block spends, in the block's own folder. */
function companionOf(file: LoadedBlocks, others: readonly LoadedFile[]): Companion | undefined {
  if (file.blocks.length !== 1) return undefined
  for (const other of others) {
    if (dirname(other.path) !== dirname(file.path)) continue
    const coins = readSpentCoins(other.content)
    if (coins?.length === spendCount(file.blocks[0]!)) return { file: other, coins }
  }
  return undefined
}

/** A short name for people: the file's, or the first and last file's. */
export function nameOfSet({ files }: VectorSet): string {
  const names = files.map((file) => basename(file))
  if (names.length === 1) return join(basename(dirname(files[0]!)), names[0]!)
  return `${join(basename(dirname(files[0]!)), names[0]!)} … ${names.at(-1)}`
}
