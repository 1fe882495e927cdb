import { type Crypto, LastDigests, type ScriptError, verifyInput } from '../../script-engine/index.ts'
import { type Spend, unpackSpend } from './packed-spend.ts'
import { answerJob, CELL, claimJob, JOB, jobAt, type SharedMemory } from './shared-memory.ts'

/** A worker's life: judge what there is, sleep until the bell rings, end when asked to. */
export function serveJobs(memory: SharedMemory, crypto: Crypto): void {
  const { control } = memory
  const judge = new JobJudge(memory, crypto)
  for (;;) {
    for (let job = claimJob(control); job !== undefined; job = claimJob(control)) judge.answer(job)
    const bell = Atomics.load(control, CELL.bell)
    Atomics.add(control, CELL.sleepers, 1)
    const isIdle = Atomics.load(control, CELL.published) === Atomics.load(control, CELL.claimed)
    if (Atomics.load(control, CELL.stop) !== 0) return
    if (isIdle) Atomics.wait(control, CELL.bell, bell)
    Atomics.sub(control, CELL.sleepers, 1)
  }
}

/** Judges one job after the other; consecutive ones of one transaction share what was unpacked. */
export class JobJudge {
  readonly #memory: SharedMemory
  readonly #crypto: Crypto
  readonly #digests: LastDigests
  /** The bytes of the spend: its own, since those in the arena may change at any time. */
  #bytes = new Uint8Array(4096)
  #spendId = -1
  #spend: Spend | undefined

  constructor(memory: SharedMemory, crypto: Crypto) {
    this.#memory = memory
    this.#crypto = crypto
    this.#digests = new LastDigests(crypto)
  }

  /** A job that was taken over meanwhile may have shown any bytes at all: they are forgotten with the answer. */
  answer(job: number): void {
    const { jobs } = this.#memory
    try {
      if (answerJob(jobs, job, this.#judge(jobAt(job)))) return
    } catch {
      // What cannot be judged here is left to the submitting thread.
    }
    this.#spend = undefined
  }

  #judge(at: number): ScriptError {
    const { jobs, arena } = this.#memory
    const id = jobs[at + JOB.spendId]!
    if (this.#spend === undefined || this.#spendId !== id) {
      const offset = jobs[at + JOB.offset]!
      const length = jobs[at + JOB.length]!
      if (length > this.#bytes.length) this.#bytes = new Uint8Array(2 * length)
      this.#bytes.set(arena.subarray(offset, offset + length))
      this.#spend = unpackSpend(this.#bytes.subarray(0, length), this.#crypto)
      this.#spendId = id
    }
    const { tx, spent } = this.#spend
    return verifyInput(this.#digests.of(tx, spent), jobs[at + JOB.inputIndex]!, jobs[at + JOB.flags]!)
  }
}
