import { type Crypto, LastDigests, OK, verifyInput } from '../../script-engine/index.ts'
import { type Spend, unpackSpend } from './packed-spend.ts'
import {
  CELL,
  claimJob,
  finishJob,
  isIrrelevant,
  JOB,
  jobAt,
  noteFailure,
  type SharedMemory,
  STATE,
} from './shared-memory.ts'

/** A worker's life: judge what there is, sleep until the bell rings, end when told to. */
export function serveJobs(memory: SharedMemory, crypto: Crypto): void {
  const { control } = memory
  const judge = createJudge(memory, crypto)
  for (;;) {
    for (let job = claimJob(control); job !== undefined; job = claimJob(control)) {
      try {
        judge(job)
        finishJob(memory, job, STATE.finished)
      } catch {
        finishJob(memory, job, STATE.abandoned)
      }
    }
    const bell = Atomics.load(control, CELL.bell)
    Atomics.add(control, CELL.sleepers, 1)
    const isIdle = Atomics.load(control, CELL.published) === Atomics.load(control, CELL.claimed)
    if (Atomics.load(control, CELL.stop) !== 0) return
    if (isIdle) Atomics.wait(control, CELL.bell, bell)
    Atomics.sub(control, CELL.sleepers, 1)
  }
}

/** Judges one job after the other; consecutive ones of one transaction share what was unpacked. */
function createJudge({ control, jobs, arena }: SharedMemory, crypto: Crypto): (job: number) => void {
  const digests = new LastDigests(crypto)
  let spendId = -1
  let spend: Spend | undefined
  return (job) => {
    const at = jobAt(job)
    const index = jobs[at + JOB.index]!
    if (isIrrelevant(control, index)) return
    if (spend === undefined || spendId !== jobs[at + JOB.spendId]) {
      const offset = jobs[at + JOB.offset]!
      spend = unpackSpend(arena.slice(offset, offset + jobs[at + JOB.length]!), crypto)
      spendId = jobs[at + JOB.spendId]!
    }
    const error = verifyInput(
      digests.of(spend.tx, spend.spent),
      jobs[at + JOB.inputIndex]!,
      jobs[at + JOB.flags]!,
    )
    if (error !== OK) noteFailure(control, index, error)
  }
}
