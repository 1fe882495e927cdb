import type { Worker } from 'node:worker_threads'
import {
  type FailedCheck,
  type InputCheck,
  LastDigests,
  OK,
  type Schedule,
  type ScriptChecks,
  verifyInput,
} from '../../script-engine/index.ts'
import type { CryptoBackend } from '../crypto/index.ts'
import {
  CELL,
  claimJob,
  createSharedMemory,
  finishJob,
  isIrrelevant,
  JOB,
  jobAt,
  NO_FAILURE,
  noteFailure,
  RING_SLOTS,
  type SharedMemory,
  STATE,
} from './shared-memory.ts'
import { type PackedAt, SpendArena } from './spend-arena.ts'
import { startWorker } from './start-worker.ts'

export interface ThreadedChecksOptions {
  /** Threads beside the submitting one, which helps while it waits; 0 is allowed. */
  readonly workers: number
  readonly backend: CryptoBackend
  /** The order in which checks are published; by default that of submission, at once. */
  readonly schedule?: Schedule
  /** Told when a worker dies; without it the others and the submitting thread go on in silence. */
  readonly onWorkerError?: (error: Error) => void
  /** How long `settle` waits without any progress before it takes the workers for lost and works alone. */
  readonly patienceMs?: number
  /** How a worker is started: a test puts one that fails in its place. */
  readonly start?: typeof startWorker
}

/** Checks between two looks at who sleeps: waking costs the submitting thread a system call. */
const PUBLISH_EVERY = 16
const PATIENCE_MS = 60_000
/** The thread id of a worker that has ended. */
const GONE = -1

interface Numbered {
  readonly index: number
  readonly check: InputCheck
}

/** Script checks on worker threads that share memory. Call `close` when they are no longer needed. */
export class ThreadedChecks implements ScriptChecks {
  readonly #schedule: Schedule | undefined
  readonly #patienceMs: number
  readonly #digests: LastDigests
  /** What stands in the ring since the last drain, for this thread's own use. */
  #queued: Numbered[] = []
  /** Held back until `settle` when there is a schedule. */
  #held: Numbered[] = []
  #memory: SharedMemory
  #arena: SpendArena
  #workers: readonly Worker[]
  /** Jobs that were drained, ever, modulo 2^32. */
  #drained = 0

  constructor(options: ThreadedChecksOptions) {
    const { workers, backend, schedule, onWorkerError = () => {}, start = startWorker } = options
    this.#schedule = schedule
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS
    this.#digests = new LastDigests(backend.crypto)
    this.#memory = createSharedMemory()
    this.#arena = new SpendArena(this.#memory.arena)
    const data = { memory: this.#memory, backend: backend.name }
    this.#workers = Array.from({ length: workers }, () => start(data, onWorkerError))
  }

  submit(index: number, check: InputCheck): void {
    if (this.#schedule === undefined) this.#enqueue({ index, check })
    else this.#held.push({ index, check })
  }

  settle(): FailedCheck | undefined {
    const held = this.#held
    this.#held = []
    for (const position of this.#schedule?.(held.length) ?? []) this.#enqueue(held[position]!)
    this.#drain()
    const lowest = Atomics.exchange(this.#memory.control, CELL.lowest, NO_FAILURE)
    return lowest === NO_FAILURE ? undefined : { index: lowest >> 8, error: lowest & 0xff }
  }

  /** Ends the workers; resolves when they are gone. Checks may still be submitted: this thread then judges them. */
  async close(): Promise<void> {
    const workers = this.#workers.filter((worker) => worker.threadId !== GONE)
    this.#workers = []
    const gone = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    Atomics.store(this.#memory.control, CELL.stop, 1)
    this.#ring()
    for (const worker of workers) worker.ref()
    await Promise.all(gone)
  }

  #enqueue(numbered: Numbered): void {
    const { tx, spent } = numbered.check
    if (this.#queued.length === RING_SLOTS) this.#drain()
    let place = this.#arena.place(tx, spent)
    if (place === 'full') {
      this.#drain()
      place = this.#arena.place(tx, spent)
    }
    if (typeof place === 'string') this.#judge(numbered)
    else this.#writeJob(numbered, place)
  }

  #writeJob(numbered: Numbered, place: PackedAt): void {
    const { jobs } = this.#memory
    const at = jobAt(this.#drained + this.#queued.length)
    jobs[at + JOB.spendId] = place.id
    jobs[at + JOB.offset] = place.offset
    jobs[at + JOB.length] = place.length
    jobs[at + JOB.inputIndex] = numbered.check.inputIndex
    jobs[at + JOB.flags] = numbered.check.flags
    jobs[at + JOB.index] = numbered.index
    jobs[at + JOB.state] = STATE.open
    this.#queued.push(numbered)
    if (this.#queued.length % PUBLISH_EVERY === 0) this.#publish()
  }

  #publish(): void {
    const { control } = this.#memory
    Atomics.store(control, CELL.published, this.#end())
    if (Atomics.load(control, CELL.sleepers) > 0) this.#ring()
  }

  #ring(): void {
    const { control } = this.#memory
    Atomics.add(control, CELL.bell, 1)
    Atomics.notify(control, CELL.bell)
  }

  /** The number that the next job will have. */
  #end(): number {
    return (this.#drained + this.#queued.length) | 0
  }

  /** Has everything in the ring judged: helps, waits, and does what workers left undone. */
  #drain(): void {
    this.#publish()
    const { control } = this.#memory
    for (let job = claimJob(control); job !== undefined; job = claimJob(control)) {
      this.#judge(this.#queued[(job - this.#drained) | 0]!)
      finishJob(this.#memory, job, STATE.finished)
    }
    const areAlive = this.#wait()
    for (const [i, numbered] of this.#queued.entries())
      if (Atomics.load(this.#memory.jobs, jobAt(this.#drained + i) + JOB.state) !== STATE.finished)
        this.#judge(numbered)
    this.#drained = this.#end()
    this.#queued = []
    this.#arena.clear()
    if (!areAlive) this.#dismissWorkers()
  }

  /** Waits until all claimed jobs are finished; false when nothing has happened for too long. */
  #wait(): boolean {
    const { control } = this.#memory
    const end = this.#end()
    let finished = Atomics.load(control, CELL.finished)
    while (finished !== end) {
      const outcome = Atomics.wait(control, CELL.finished, finished, this.#patienceMs)
      const now = Atomics.load(control, CELL.finished)
      if (outcome === 'timed-out' && now === finished) return false
      finished = now
    }
    return true
  }

  /** Goes on alone, in memory that a worker which wakes up after all cannot reach. */
  #dismissWorkers(): void {
    for (const worker of this.#workers) void worker.terminate()
    this.#workers = []
    const lowest = Atomics.load(this.#memory.control, CELL.lowest)
    this.#memory = createSharedMemory()
    Atomics.store(this.#memory.control, CELL.lowest, lowest)
    this.#arena = new SpendArena(this.#memory.arena)
    this.#drained = 0
  }

  #judge({ index, check }: Numbered): void {
    const { control } = this.#memory
    if (isIrrelevant(control, index)) return
    const error = verifyInput(this.#digests.of(check.tx, check.spent), check.inputIndex, check.flags)
    if (error !== OK) noteFailure(control, index, error)
  }
}
