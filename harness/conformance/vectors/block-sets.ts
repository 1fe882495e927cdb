import { dirname } from 'node:path'
import { inFile } from '../../files/index.ts'
import type { ChainReference } from '../../ports/index.ts'
import { attempt, type CollectOptions } from './attempt.ts'
import type { BlockFile } from './chain/block-files.ts'
import { chainCases } from './chain/chain-cases.ts'
import { chainOfBlock } from './chain/chain-of-block.ts'
import { chainOfGenesis } from './chain/known-chains.ts'
import { singleBlockCase, spendCount } from './context-free/single-block.ts'
import { readSpentCoins, type SpentCoin } from './context-free/spent-coins.ts'
import { tableOfCases, type VectorContent, type VectorSet } from './format.ts'
import { notApplicable } from './registry.ts'

export interface LoadedFile {
  readonly path: string
  readonly content: VectorContent
}

/** A file of blocks, or all block files of a node. */
export interface LoadedBlocks extends BlockFile {
  readonly path: string
  readonly files: readonly string[]
}

/**
 * Chains start at a known genesis. A file whose blocks stand on another file's joins it (the shortest one, when several
 * hold the parent). A block that stands on nothing, or that has a file of spent coins beside it, is judged by itself.
 */
export function joinBlockFiles(
  files: readonly LoadedBlocks[],
  others: readonly LoadedFile[],
  options: CollectOptions,
): { sets: VectorSet[]; strangers: LoadedFile[] } {
  const groups = new Map<LoadedBlocks, LoadedBlocks[]>()
  const companions = new Set<LoadedFile>()
  const singles: VectorSet[] = []
  for (const file of files) {
    const companion = companionOf(file, others)
    if (companion !== undefined) companions.add(companion.file)
    const host = hostOf(file, files)
    if (host !== undefined) groups.set(host, [...(groups.get(host) ?? []), file])
    if (host === undefined || companion !== undefined) singles.push(singleSet(file, companion, options.chain))
  }
  const chains: VectorSet[] = []
  for (const [host, members] of groups)
    attempt(options, () => {
      chains.push(inFile(host.path, () => chainSet(host, orderByParent(members))))
    })
  return { sets: [...chains, ...singles], strangers: others.filter((file) => !companions.has(file)) }
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
  for (const block of blocks)
    for (const hash of [block.hash, block.previous]) {
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

function notesOf({ notes = [], missing }: BlockFile): string[] {
  return [...notes, ...(missing === undefined ? [] : [`missing: ${missing}`])]
}

function repetitionsIn(hashes: readonly string[]): string[] {
  const repeated = hashes.length - new Set(hashes).size
  return repeated === 0 ? [] : [`${repeated} × a block that stands there already`]
}

function chainSet(host: LoadedBlocks, files: readonly LoadedBlocks[]): VectorSet {
  const { chain, hash } = genesisOf(host)!
  const blocks = files.flatMap((file) => file.blocks)
  const statistics = files.flatMap((file) => file.statistics ?? [])
  const table = tableOfCases(chainCases(chain, hash, blocks, statistics))
  return {
    files: files.flatMap((file) => file.files),
    sources: files.map(({ path }) => path),
    format: host.format,
    isSequential: true,
    notes: [...files.flatMap(notesOf), ...repetitionsIn(blocks.map((block) => block.hash))],
    abstention: (engine) => notApplicable('blocks', engine),
    table: () => table,
  }
}

interface Companion {
  readonly file: LoadedFile
  readonly coins: readonly SpentCoin[]
}

function singleSet(
  file: LoadedBlocks,
  companion: Companion | undefined,
  chain: ChainReference | undefined,
): VectorSet {
  const table = tableOfCases(
    file.blocks.map((block) =>
      singleBlockCase(block, companion?.coins, chain ?? chainOfBlock(block, file.magic)),
    ),
  )
  return {
    files: companion === undefined ? file.files : [...file.files, companion.file.path],
    sources: companion === undefined ? [file.path] : [file.path, companion.file.path],
    format: companion === undefined ? `${file.format}, coins unknown` : `${file.format} with coins`,
    isSequential: false,
    notes: notesOf(file),
    abstention: (engine) => notApplicable('blocks', engine),
    table: () => table,
  }
}

/** The file of as many coins as the block spends, in the block's own folder. */
export function companionOf(file: LoadedBlocks, others: readonly LoadedFile[]): Companion | undefined {
  if (file.blocks.length !== 1) return undefined
  for (const other of others) {
    if (dirname(other.path) !== dirname(file.path)) continue
    const coins = inFile(other.path, () => readSpentCoins(other.content))
    if (coins?.length === spendCount(file.blocks[0]!)) return { file: other, coins }
  }
  return undefined
}
