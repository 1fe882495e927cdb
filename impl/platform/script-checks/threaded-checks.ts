import {
  type FailedCheck,
  type InputCheck,
  LastDigests,
  OK,
  type Schedule,
  type ScriptChecks,
  type ScriptError,
  verifyInput,
} from '../../script-engine/index.ts'
import type { CryptoBackend } from '../crypto/index.ts'
import {
  answerJob,
  CELL,
  claimJob,
  createSharedMemory,
  JOB,
  jobAt,
  openJob,
  RING_SLOTS,
  type SharedMemory,
  takeVerdict,
} from './shared-memory.ts'
import { type PackedAt, SpendArena } from './spend-arena.ts'
import { type ScriptWorker, startWorker } from './start-worker.ts'

export interface ThreadedChecksOptions {
  /** Threads beside the submitting one, which helps in `settle`; 0 is allowed. */
  readonly workers: number
  readonly backend: CryptoBackend
  /** The order in which checks are published; by default that of submission, at once. */
  readonly schedule?: Schedule
  /** Called when a worker dies; without it the others and the submitting thread go on in silence. */
  readonly onWorkerError?: (error: Error) => void
  /** How a worker is started: a test puts one that fails in its place. */
  readonly start?: typeof startWorker
}

/** Checks published between two looks for sleeping workers: waking costs the submitting thread a system call. */
const PUBLISH_EVERY = 16
/** The thread id of a worker that has ended. */
const GONE = -1

interface Numbered {
  readonly index: number
  readonly check: InputCheck
}

/**
 * Script checks on worker threads that share memory. The submitting thread never waits for them: in `settle` it judges
 * what no worker has begun, then once more what a worker has not finished, be the worker slow, paused or dead. Call
 * `close` when they are no longer needed.
 */
export class ThreadedChecks implements ScriptChecks {
  readonly #schedule: Schedule | undefined
  readonly #digests: LastDigests
  readonly #memory: SharedMemory = createSharedMemory()
  readonly #arena = new SpendArena(this.#memory.arena)
  /** What stands in the ring since the last drain, for this thread's own use. */
  #queued: Numbered[] = []
  /** Held back until `settle` when there is a schedule. */
  #held: Numbered[] = []
  #workers: readonly ScriptWorker[]
  /** Jobs that were drained, ever, modulo 2^32. */
  #drained = 0
  #lowest: FailedCheck | undefined

  constructor(options: ThreadedChecksOptions) {
    const { workers, backend, schedule, onWorkerError = () => {}, start = startWorker } = options
    this.#schedule = schedule
    this.#digests = new LastDigests(backend.crypto)
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
    const lowest = this.#lowest
    this.#lowest = undefined
    return lowest
  }

  /** Ends the workers; resolves when they are gone. Checks may still be submitted: this thread then judges them. */
  async close(): Promise<void> {
    const workers = this.#workers.filter((worker) => worker.threadId !== GONE)
    this.#workers = []
    const gone = workers.map((worker) => new Promise<void>((resolve) => worker.once('exit', resolve)))
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
    if (typeof place === 'string') this.#note(numbered.index, this.#judge(numbered.check))
    else this.#writeJob(numbered, place)
  }

  #writeJob(numbered: Numbered, place: PackedAt): void {
    const { jobs } = this.#memory
    const job = this.#end()
    const at = jobAt(job)
    jobs[at + JOB.spendId] = place.id
    jobs[at + JOB.offset] = place.offset
    jobs[at + JOB.length] = place.length
    jobs[at + JOB.inputIndex] = numbered.check.inputIndex
    jobs[at + JOB.flags] = numbered.check.flags
    openJob(jobs, job)
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

  /** Has everything in the ring judged; a late answer about it does not count any more. */
  #drain(): void {
    this.#publish()
    const { control, jobs } = this.#memory
    for (let job = claimJob(control); job !== undefined; job = claimJob(control))
      answerJob(jobs, job, this.#judge(this.#queued[(job - this.#drained) | 0]!.check))
    for (let i = 0; i < this.#queued.length; i++) {
      const { index, check } = this.#queued[i]!
      this.#note(index, takeVerdict(jobs, (this.#drained + i) | 0) ?? this.#judge(check))
    }
    this.#drained = this.#end()
    this.#queued = []
    this.#arena.clear()
  }

  #judge({ tx, spent, inputIndex, flags }: InputCheck): ScriptError {
    return verifyInput(this.#digests.of(tx, spent), inputIndex, flags)
  }

  #note(index: number, error: ScriptError): void {
    if (error === OK || (this.#lowest !== undefined && this.#lowest.index < index)) return
    this.#lowest = { index, error }
  }
}
