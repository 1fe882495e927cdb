import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { WorkerStart } from './script-check.worker.ts'

/** What is asked of a worker thread; the types of `node:` stay inside this file. */
export interface ScriptWorker {
  readonly threadId: number
  once(event: 'exit', listener: () => void): unknown
  /** Keeps the process alive until the thread ends. */
  ref(): void
}

/** Starts a script-check worker, which does not keep the process alive. Throws when its bundle has not been built. */
export function startWorker(start: WorkerStart, onError: (error: Error) => void): ScriptWorker {
  const bundle = new URL(bundlePath(), import.meta.url)
  if (!existsSync(bundle))
    throw new Error(`${fileURLToPath(bundle)} is missing: it is built by npm run prepare`)
  const worker = new Worker(bundle, { workerData: start })
  worker.on('error', onError)
  worker.unref()
  return worker
}

/** The bundle lies beside this code once that is bundled itself, and in dist/ as long as it runs from its source. */
function bundlePath(): string {
  const isSource = import.meta.url.endsWith('.ts')
  return isSource ? '../../../dist/script-check.worker.js' : './script-check.worker.js'
}
