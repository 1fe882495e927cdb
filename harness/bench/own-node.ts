import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  builtInChain,
  chooseCrypto,
  collectGarbageAlone,
  createNode,
  DiskFiles,
  LmdbStore,
  type Node,
  type NodeEvent,
  ThreadedChecks,
} from '../../impl/index.ts'

/** The built-in node on a fresh folder of the disk, on regtest, as a daemon would run it. */
export interface OwnNode {
  readonly node: Node
  /** Which backend verifies signatures, on how many threads. */
  readonly note: string
  /** One event, one step; keeps the longest. What the node has left to do waits for the next event, or for `rest`. */
  play(event: NodeEvent): void
  /** Has it do what is left to do. */
  rest(): void
  longestStepMs(): number
  resetLongestStep(): void
  /** Makes everything durable and returns how long that took, in milliseconds. */
  stop(): number
  /** Ends the threads and removes the folder. */
  dispose(): Promise<void>
}

/** `workers`: threads that check scripts beside the main one. */
export function openOwnNode(workers: number): OwnNode {
  collectGarbageAlone()
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'))
  const backend = chooseCrypto()
  const { crypto } = backend
  const chain = builtInChain('regtest', crypto)
  if (chain === undefined) throw new Error('regtest is a built-in chain')
  const checks = new ThreadedChecks({ workers, backend })
  const files = new DiskFiles(join(folder, 'blocks'))
  const store = new LmdbStore(join(folder, 'store'))
  const node = createNode({ chain, files, store, crypto, checks, entropy: Math.random })
  let longestStepMs = 0
  let goesOn = false
  const step = (event: NodeEvent) => {
    if (event.kind === 'continue') goesOn = false
    const before = performance.now()
    const effects = node.step(event, Date.now())
    longestStepMs = Math.max(longestStepMs, performance.now() - before)
    goesOn ||= effects.some(({ kind }) => kind === 'continue')
  }
  return {
    node,
    note: `${backend.describe()}; ${workers === 0 ? 'one thread' : `${workers + 1} threads`}`,
    play: step,
    rest() {
      while (goesOn) step({ kind: 'continue' })
    },
    longestStepMs: () => longestStepMs,
    resetLongestStep: () => {
      longestStepMs = 0
    },
    stop() {
      const before = performance.now()
      node.step({ kind: 'stop' }, Date.now())
      return performance.now() - before
    },
    async dispose() {
      await checks.close()
      files.close()
      store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
