import { Piscina } from 'piscina'
import { createEngine, type EngineName, workerUrl } from '../../adapters/index.ts'
import { readBlockFile } from './chain/block-files.ts'
import { chainOfGenesis } from './chain/known-chains.ts'
import { loadContent } from './content.ts'
import { mergeSlices, runSlice, type VectorSetResult, WHOLE } from './run.ts'
import { collectSets, type VectorSet } from './sets.ts'
import type { VectorTask } from './vectors.worker.ts'

export { doubleSha256 } from './chain/raw-block.ts'
export { fetchEntry, readManifest } from './fetch.ts'
export { statusOf, type VectorSetResult } from './run.ts'
export { VectorFileError } from './sets.ts'

export interface VectorRunOptions {
  readonly engine: EngineName
  /** Worker threads; 1 runs here. */
  readonly jobs: number
  /** Called as cases are done. */
  readonly onProgress?: (done: number, total: number, name: string) => void
}

const CASES_PER_SLICE = 150

/** Runs every vector in these files and folders on an engine; throws VectorFileError before anything runs. */
export async function runVectors(
  paths: readonly string[],
  { engine, jobs, onProgress = () => {} }: VectorRunOptions,
): Promise<VectorSetResult[]> {
  const sets = collectSets(paths).map((set) => ({ set, cases: set.table().cases.length }))
  const total = sets.reduce((sum, { cases }) => sum + cases, 0)
  let done = 0
  if (jobs === 1) {
    const judge = createEngine(engine)
    return sets.map(({ set, cases }) => {
      const slice = runSlice(
        set,
        judge,
        WHOLE,
        () => performance.now(),
        (part) => onProgress(done + part, total, set.format),
      )
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
        const task: VectorTask = { files: set.files, engine, slice: { part, parts } }
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

/** The blocks of a file that starts at the genesis of a known chain; undefined when it is no such file. */
export function readChainBlocks(path: string): { chain: string; blocks: readonly Uint8Array[] } | undefined {
  const file = readBlockFile(loadContent(path))
  const first = file?.blocks[0]
  const chain = first && (chainOfGenesis(first.hash) ?? chainOfGenesis(first.previous))
  return file === undefined || chain === undefined
    ? undefined
    : { chain, blocks: file.blocks.map(({ bytes }) => bytes) }
}
