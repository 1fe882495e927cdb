import { workerData } from 'node:worker_threads'
import { type CryptoBackendName, chooseCrypto } from '../crypto/index.ts'
import { serveJobs } from './serve-jobs.ts'
import type { SharedMemory } from './shared-memory.ts'

/** What a worker is started with. */
export interface WorkerStart {
  readonly memory: SharedMemory
  readonly backend: CryptoBackendName
}

const { memory, backend } = workerData as WorkerStart
serveJobs(memory, chooseCrypto([backend]).crypto)
