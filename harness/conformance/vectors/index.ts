import { Piscina } from 'piscina'
import { createEngine, type EngineName, workerUrl } from '../../adapters/index.ts'
import { inFile } from '../../files/index.ts'
import type { Engine } from '../../ports/index.ts'
import type { CollectOptions } from './attempt.ts'
import { readBlockFile } from './chain/block-files.ts'
import { chainOfGenesis } from './chain/known-chains.ts'
import { isNodeFile, nodeFilesIn, readNodeFiles } from './chain/node-files.ts'
import { loadContent } from './content.ts'
import type { VectorSet } from './format.ts'
import { mergeSlices, runSlice, type VectorSetResult, WHOLE } from './run.ts'
import { collectSets } from './sets.ts'
import type { VectorTask } from './vectors.worker.ts'

export { type DamageResult, damageFiles } from './damage/experiment.ts'
export { fetchEntry, readManifest } from './fetch.ts'
export { type RealBlock, readRealBlocks } from './real-blocks.ts'
export { LEFT_OUT, statusOf, type VectorSetResult } from './run.ts'

export interface VectorRunOptions extends CollectOptions {
  readonly engine: EngineName
  /** Worker threads; 1 runs here. */
  readonly jobs: number
  /** Cases whose turn comes later are left out, and counted as skipped; default: none are. */
  readonly budgetMs?: number
  /** Called as cases are done. */
  readonly onProgress?: (done: number, total: number, name: string) => void
}

const CASES_PER_SLICE = 150

/** Runs every vector in these files and folders on an engine; throws FileError before anything runs. */
export async function runVectors(
  paths: readonly string[],
  options: VectorRunOptions,
): Promise<VectorSetResult[]> {
  const { engine, jobs, budgetMs = Number.POSITIVE_INFINITY, onProgress = () => {} } = options
  const untilMs = Date.now() + budgetMs
  const sets = collectSets(paths, options).map((set) => ({ set, cases: set.table().cases.length }))
  const total = sets.reduce((sum, { cases }) => sum + cases, 0)
  let done = 0
  if (jobs === 1) {
    const judge = createEngine(engine)
    return sets.map(({ set, cases }) => {
      const slice = runSlice(set, judge, WHOLE, Date.now, {
        untilMs,
        onProgress: (part) => onProgress(done + part, total, set.format),
      })
      const result = mergeSlices(set, [slice])
      done += cases
      onProgress(done, total, set.format)
      return result
    })
  }
  const pool = new Piscina({ filename: workerUrl('vectors').href, minThreads: jobs, maxThreads: jobs })
  try {
    // What must run in order starts first, so that nothing long is left for the end.
    const order = [...sets].sort(
      (a, b) => Number(b.set.isSequential) - Number(a.set.isSequential) || b.cases - a.cases,
    )
    const results = new Map<VectorSet, Promise<VectorSetResult>>()
    for (const { set, cases } of order) {
      const parts = set.isSequential ? 1 : Math.max(1, Math.ceil(cases / CASES_PER_SLICE))
      const slices = Array.from({ length: parts }, async (_, part) => {
        const task: VectorTask = {
          sources: set.sources,
          engine,
          slice: { part, parts },
          untilMs,
          ...(options.chain !== undefined && { chain: options.chain }),
        }
        const result: VectorSetResult = await pool.run(task)
        done += result.passed + result.skipped + result.failures.length
        onProgress(done, total, set.format)
        return result
      })
      results.set(
        set,
        Promise.all(slices).then((all) => mergeSlices(set, all)),
      )
    }
    return await Promise.all(sets.map(({ set }) => results.get(set)!))
  } finally {
    await pool.destroy()
  }
}

/** Runs every vector in these files and folders on an engine that the caller has, here. @throws FileError */
export function judgeVectors(paths: readonly string[], engine: Engine): VectorSetResult[] {
  return collectSets(paths).map((set) =>
    mergeSlices(set, [runSlice(set, engine, WHOLE, () => performance.now())]),
  )
}

/** The blocks of a chain in a file, or in a folder of a node. */
export interface ChainBlocks {
  readonly chain: string
  /** Each behind its parent. */
  readonly blocks: readonly Uint8Array[]
  /** What the file should hold and does not. */
  readonly missing?: string
}

/** The blocks of a file or a node's folder that holds a known chain from its start; undefined when it is none. @throws FileError */
export function readChainBlocks(path: string): ChainBlocks | undefined {
  const nodeFiles = isNodeFile(path) ? [path] : nodeFilesIn(path)
  const file = inFile(path, () =>
    nodeFiles === undefined ? readBlockFile(loadContent(path)) : readNodeFiles(nodeFiles),
  )
  if (file === undefined) return undefined
  const chain = file.blocks
    .flatMap(({ hash, previous }) => [hash, previous])
    .map(chainOfGenesis)
    .find((name) => name !== undefined)
  if (chain === undefined) return undefined
  const { missing } = file
  return { chain, blocks: file.blocks.map(({ bytes }) => bytes), ...(missing !== undefined && { missing }) }
}
